type Child = XmlNode | null;
/** An element of an XML document, well formed by how it is made: every text in it is escaped. */
export type XmlNode = { readonly xml: string };

/** An element. A child is an element or a text; null is left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  ...children: (Child | string)[]
): XmlNode {
  const attached = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(value ?? '')}"`)
    .join('');
  const inside = children
    .map((child) => (typeof child === 'string' ? escaped(child) : (child?.xml ?? '')))
    .join('');
  return { xml: inside === '' ? `<${name}${attached}/>` : `<${name}${attached}>${inside}</${name}>` };
}

/** A whole document. */
export const xmlDocument = (root: XmlNode): string => `<?xml version="1.0" encoding="utf-8"?>\n${root.xml}\n`;

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text as it may stand in an element or an attribute. What XML has no sign for (control characters, halves of characters) is left out. */
export function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- exactly those that XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"\t\r]/g, (sign) => entities[sign] ?? '')
  );
}
