// The page of a one-time sign-in link. Its token stands after the #, which browsers send to nobody: no proxy's log, no Referer.
// Plain JavaScript: without it the page asks for the token in a field.

const field = document.querySelector('input[name="token"]');
const token = decodeURIComponent(location.hash.slice(1));
if (field && token !== '') {
  const kept = document.createElement('input');
  Object.assign(kept, { type: 'hidden', name: 'token', value: token });
  field.closest('label').replaceWith(kept);
  // Neither the history nor a person who looks over a shoulder keeps it.
  history.replaceState(null, '', location.pathname);
}
