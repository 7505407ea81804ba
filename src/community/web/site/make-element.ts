/** A new element with these properties, for what custom elements put into a page. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> & { role?: string },
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), properties);
}
