import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import sanitize from 'sanitize-html';

/** Loaded by the first diagram, because texts are rendered in one go and hardly any has one. */
const load = createRequire(import.meta.url);
type Mermaid = typeof import('beautiful-mermaid');

/** Layout takes time that grows with the drawing; a larger one is a picture's job. */
const charactersAtMost = 4000;
const linesAtMost = 100;
/** The same text is drawn for the preview, the judgement and the page. */
const keptAtMost = 50;

const kept = new Map<string, string | undefined>();

/** A Mermaid diagram as an SVG with nothing in it but shapes and words; undefined for what is none, or too large. */
export function drawDiagram(code: string): string | undefined {
  if (code.length > charactersAtMost || code.split('\n').length > linesAtMost) return undefined;
  if (kept.has(code)) return kept.get(code);
  const drawing = draw(code);
  if (kept.size >= keptAtMost) kept.delete(kept.keys().next().value ?? '');
  kept.set(code, drawing);
  return drawing;
}

function draw(code: string): string | undefined {
  try {
    // By its file: it names none to those who load in one go.
    const file = fileURLToPath(import.meta.resolve('beautiful-mermaid'));
    const { renderMermaidSVG } = load(file) as Mermaid;
    const svg = sanitize(renderMermaidSVG(code), allowed);
    return svg.startsWith('<svg') ? `<figure class="com-diagram">${svg}</figure>\n` : undefined;
  } catch {
    // Not a diagram it knows: the code stays what it is.
    return undefined;
  }
}

const paint = /^(?:none|currentColor|var\(--_?[a-z-]{1,20}\)|#[0-9a-fA-F]{3,8}|[a-z]{3,20})$/;
const shape = [
  'x',
  'y',
  'width',
  'height',
  'rx',
  'ry',
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'transform',
];
const points = ['x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'd', 'points', 'stroke-linejoin', 'stroke-linecap'];
const ends = [
  'marker-start',
  'marker-end',
  'text-anchor',
  'dominant-baseline',
  'font-size',
  'font-weight',
  'dx',
  'dy',
];

const allowed: sanitize.IOptions = {
  parser: { lowerCaseTags: false, lowerCaseAttributeNames: false, xmlMode: true },
  allowedTags: [
    'svg',
    'defs',
    'marker',
    'g',
    'rect',
    'line',
    'polyline',
    'polygon',
    'path',
    'circle',
    'ellipse',
    'text',
    'tspan',
  ],
  nonTextTags: ['style', 'script', 'title', 'desc', 'foreignObject'],
  allowedAttributes: {
    svg: ['viewBox', 'width', 'height', 'role'],
    marker: ['id', 'markerWidth', 'markerHeight', 'refX', 'refY', 'orient', 'viewBox'],
    '*': [...shape, ...points, ...ends],
  },
  selfClosing: ['rect', 'line', 'polyline', 'polygon', 'path', 'circle', 'ellipse'],
  transformTags: {
    svg: (tagName, attribs) => ({ tagName, attribs: { ...attribs, role: 'img' } }),
    '*': (tagName, attribs) => ({
      tagName,
      attribs: Object.fromEntries(
        Object.entries(attribs).filter(([name, value]) => {
          if (name === 'fill' || name === 'stroke') return paint.test(value);
          if (name.startsWith('marker-')) return /^url\(#[\w-]{1,40}\)$/.test(value);
          if (name === 'id') return /^[\w-]{1,40}$/.test(value);
          return /^[\w\s.,()+%-]*$/.test(value);
        }),
      ),
    }),
  },
};
