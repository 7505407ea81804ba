/** Evidence as a person types it, one a line: the number of a post or an address, then what it shows. */
export function evidenceOf(typed: string): { postId?: number; url?: string; note: string }[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [what = '', ...rest] = line.split(/\s+/u);
      const note = rest.join(' ');
      const number = /^#?(\d+)$/.exec(what)?.[1];
      return number === undefined ? { url: what, note } : { postId: Number(number), note };
    });
}
