import { misjudged, type PlanNode, readPlan, shareOf } from './plan.rules.ts';

/** Longer ones are dumps of a machine, not something to be looked at. */
const charactersAtMost = 100_000;

/** An EXPLAIN, as text or JSON, as a tree of its steps with the plan itself kept below; undefined for what is none. */
export function drawPlan(code: string): string | undefined {
  if (code.length > charactersAtMost) return undefined;
  const plan = readPlan(code);
  if (!plan) return undefined;
  const { root, foot } = plan;
  const lines = foot.map((line) => `<li>${escape(line)}</li>`).join('');
  return `<div class="com-plan"><ul>${drawNode(root, root)}</ul>${lines && `<ul class="com-plan-foot">${lines}</ul>`}<details><summary>EXPLAIN</summary><pre tabindex="0"><code>${escape(code)}</code></pre></details></div>\n`;
}

function drawNode(node: PlanNode, root: PlanNode): string {
  const share = shareOf(node, root);
  const heat = share >= 0.5 ? 3 : share >= 0.25 ? 2 : share >= 0.1 ? 1 : 0;
  const percent = Math.round(share * 100);
  const { actual, cost } = node;
  const words = [
    `${percent} %`,
    ...(actual?.ms === undefined ? [] : [`${figure(actual.ms)} ms`]),
    ...(cost === undefined ? [] : [`cost ${figure(cost.to)}`]),
    ...(actual
      ? [`rows ${figure(actual.rows)}${node.rows === undefined ? '' : ` / ${figure(node.rows)}`}`]
      : node.rows === undefined
        ? []
        : [`rows ${figure(node.rows)}`]),
    ...(actual && actual.loops > 1 ? [`loops ${figure(actual.loops)}`] : []),
    ...(node.isNeverRun ? ['never executed'] : []),
  ];
  const off = misjudged(node);
  const notes = node.notes.map((note) => `<li>${escape(note)}</li>`).join('');
  const children = node.children.map((child) => drawNode(child, root)).join('');
  return (
    `<li>${node.role === undefined ? '' : `<em>${escape(node.role)}</em> `}` +
    `<span class="com-node"${heat > 0 ? ` data-heat="${heat}"` : ''}>${escape(node.label)}</span>` +
    `<span>${words.join(' · ')}${off >= 10 ? ` <mark>× ${figure(off)}</mark>` : ''}</span>` +
    `<i class="com-share" data-share="${Math.round(share * 20)}"></i>` +
    `${notes && `<ul class="com-plan-notes">${notes}</ul>`}${children && `<ul>${children}</ul>`}</li>`
  );
}

/** Three digits are enough to compare by: 0.012, 3.46, 87.1, 1,204,311. */
function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const escape = (words: string) =>
  words.replace(turning, '').replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
