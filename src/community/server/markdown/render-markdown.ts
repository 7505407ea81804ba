import { randomBytes } from 'node:crypto';
import { drawDiagram } from './draw-diagram.ts';
import { drawPlan } from './draw-plan.ts';
import { type CodeBlock, parseMarkdown } from './parse-markdown.ts';
import { readRunnables, type Runnable } from './runnable.rules.ts';
import { sanitiseHtml, textOfHtml } from './sanitise-html.ts';

/** The version of what this renderer writes: raised when the same markdown would come out otherwise. */
export const renderedAs = 4;

export type Rendered = {
  /** Sanitised by an allow-list: safe to stand in a page, a feed, a mail and an export. */
  html: string;
  /** The first words without marks, at most 300 characters. */
  excerpt: string;
  /** The blocks of SQL that readers may run, in their order. */
  runnables: readonly Runnable[];
};

/** Drawings take the server's time, which the others need too. */
const drawingsAtMost = 20;

let latest: { text: string; rendered: Rendered } | undefined;

/**
 * Renders what a member wrote: CommonMark and GFM with footnotes, formulas, highlighted code, EXPLAIN plans as trees and
 * diagrams, blocks of SQL that can be run, sanitised by an allow-list.
 */
export function renderMarkdown(text: string): Rendered {
  // A writing is judged and then kept, both by its HTML: the second time it is there already.
  if (latest?.text !== text) latest = { text, rendered: render(text) };
  return latest.rendered;
}

function render(text: string): Rendered {
  // Drawings are made by us of escaped words. They join after the sanitiser, in the place of a mark nobody can guess.
  const mark = `drawing-${randomBytes(12).toString('hex')}-`;
  const drawings: string[] = [];
  const reading = readRunnables();
  const parsed = parseMarkdown(text, (block) => {
    if (drawings.length >= drawingsAtMost) return undefined;
    const drawing = drawBlock(block, reading);
    if (drawing === undefined) return undefined;
    drawings.push(drawing);
    return `<p>${mark}${drawings.length - 1}</p>\n`;
  });
  const clean = sanitiseHtml(parsed);
  const places = new RegExp(`<p>${mark}(\\d+)</p>`, 'g');
  const plain = textOfHtml(clean.replace(places, ''));
  return {
    html: clean.replace(places, (_, at: string) => drawings[Number(at)] ?? ''),
    excerpt: plain.length > 300 ? `${plain.slice(0, 299).toWellFormed()}…` : plain,
    runnables: reading.found,
  };
}

function drawBlock(block: CodeBlock, reading: ReturnType<typeof readRunnables>): string | undefined {
  const { kind, code } = block;
  if (kind === 'explain') return drawPlan(code);
  if (kind === 'mermaid') return drawDiagram(code);
  const name = reading.read(block);
  // The page makes of it what can be run: where nothing does, it is code like any other.
  return name && `<div class="com-run" data-run="${name}">${sanitiseHtml(block.plain()).trim()}</div>\n`;
}
