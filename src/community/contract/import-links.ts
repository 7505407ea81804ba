/** Where a relative link of a file leads inside its folder; undefined for one that leads elsewhere or out of it. */
export function keyOfLink(from: string, target: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^[/#]|^\/\//i.test(target)) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(target.split(/[#?]/)[0] ?? '');
  } catch {
    return undefined;
  }
  const steps = [...from.split('/').slice(0, -1), ...path.split('/')];
  const way: string[] = [];
  for (const step of steps) {
    if (step === '..') {
      if (way.pop() === undefined) return undefined;
    } else if (step !== '.' && step !== '') way.push(step);
  }
  return way.length === 0 ? undefined : way.join('/');
}

/** The pictures that a file of a folder shows and that lie in the folder, each once, by their paths in it. */
export function picturesOf(from: string, markdown: string): string[] {
  const keys = new Set<string>();
  replaceLinks(markdown, (target, isPicture) => {
    const key = isPicture ? keyOfLink(from, target) : undefined;
    if (key !== undefined) keys.add(key);
    return undefined;
  });
  return [...keys];
}

/** Every link and picture of a Markdown text, and the text with some of them led elsewhere. */
export function replaceLinks(
  markdown: string,
  lead: (target: string, isPicture: boolean) => string | undefined,
): string {
  return markdown.replace(
    /(!?)\[((?:[^\]\\]|\\.)*)\]\(\s*<?([^)\s>]+)>?((?:\s+"[^"]*")?)\s*\)/g,
    (whole, mark: string, label: string, target: string, title: string) => {
      const elsewhere = lead(target, mark === '!');
      return elsewhere === undefined ? whole : `${mark}[${label}](${elsewhere}${title})`;
    },
  );
}
