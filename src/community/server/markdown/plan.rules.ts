/** One step of a plan that PostgreSQL explained. */
export type PlanNode = {
  /** `Index Scan using i on t`, as PostgreSQL says it. */
  label: string;
  /** `InitPlan 1`, `CTE x`: what the step is for its parent, where PostgreSQL says so. */
  role?: string;
  cost?: { from: number; to: number };
  rows?: number;
  /** Measured: of all loops together, and for all workers. Undefined when the plan was not run. */
  actual?: { ms?: number; rows: number; loops: number };
  isNeverRun?: boolean;
  /** `Filter: (a > 1)` and the like. */
  notes: string[];
  children: PlanNode[];
};
export type Plan = {
  root: PlanNode;
  /** `Planning Time: 0.1 ms` and what else stands below. */ foot: string[];
};

/** The plan in an EXPLAIN as text or JSON; undefined for what is none. */
export function readPlan(text: string): Plan | undefined {
  const trimmed = text.trim();
  return /^[[{]/.test(trimmed) ? readJson(trimmed) : readText(text);
}

const figures =
  /\s*\((?:cost=([\d.]+)\.\.([\d.]+) rows=(\d+) width=\d+)?\)?\s*\(?(?:actual (?:time=[\d.]+\.\.([\d.]+) )?rows=([\d.]+) loops=(\d+)|(never executed))?\)?\s*$/;
const isNodeLine = /\((?:cost=[\d.]+\.\.[\d.]+ rows=\d+ width=\d+|actual (?:time=|rows=)|never executed)/;
const roleLine = /^(?:(?:InitPlan|SubPlan) \S+(?: \(.*\))?|CTE \S+)$/;
const footLine =
  /^(?:Planning|Execution|Total runtime|Trigger |JIT|Settings:|Query Identifier|Planning Time|Serialization)/;

function readText(text: string): Plan | undefined {
  const lines = text
    .split('\n')
    // psql draws a table around the plan: its head, its rule, its count.
    .map((line) => line.replace(/^\s*[|│]/, '').replace(/[|│+]?\s*$/, ''))
    .filter((line) => !/^\s*(?:QUERY PLAN|[-─+]{3,}|\(\d+ rows?\))?\s*$/.test(line));
  const open: { indent: number; node: PlanNode }[] = [];
  const foot: string[] = [];
  let root: PlanNode | undefined;
  let role: string | undefined;
  let inFoot = false;
  for (const line of lines) {
    const indent = line.search(/\S/);
    const words = line.trim();
    if (
      root &&
      (inFoot || (footLine.test(words) && indent <= open[0]!.indent + 2 && !words.startsWith('->')))
    ) {
      inFoot = true;
      foot.push(words);
      continue;
    }
    if (isNodeLine.test(words) || (words.startsWith('->') && !roleLine.test(words)) || !root) {
      if (!root && !isNodeLine.test(words) && !/^[A-Z][A-Za-z ]+(?: (?:on|using) .+)?$/.test(words))
        return undefined;
      const node = nodeOf(words.replace(/^->\s*/, ''), role);
      role = undefined;
      while (open.length > 0 && open.at(-1)!.indent >= indent) open.pop();
      const parent = open.at(-1)?.node;
      if (parent) parent.children.push(node);
      else if (root) return undefined;
      root ??= node;
      open.push({ indent, node });
    } else if (roleLine.test(words)) {
      role = words;
      while (open.length > 1 && open.at(-1)!.indent >= indent) open.pop();
    } else {
      while (open.length > 1 && open.at(-1)!.indent >= indent) open.pop();
      open.at(-1)!.node.notes.push(words);
    }
  }
  // A sentence that happens to look like the name of a step is no plan: one has figures or steps below.
  const isPlan = root && (root.cost || root.actual || root.children.length > 0);
  return isPlan && root ? { root: spread(root), foot } : undefined;
}

function nodeOf(words: string, role: string | undefined): PlanNode {
  const found = figures.exec(words);
  const label = found ? words.slice(0, found.index).trim() : words;
  const [, from, to, rows, ms, actualRows, loops, never] = found ?? [];
  return {
    label,
    ...(role !== undefined && { role }),
    ...(to !== undefined && { cost: { from: Number(from), to: Number(to) } }),
    ...(rows !== undefined && { rows: Number(rows) }),
    ...(loops !== undefined && {
      actual: {
        ...(ms !== undefined && { ms: Number(ms) }),
        rows: Number(actualRows),
        loops: Number(loops),
      },
    }),
    ...(never !== undefined && { isNeverRun: true }),
    notes: [],
    children: [],
  };
}

type Json = Record<string, unknown>;

function readJson(text: string): Plan | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const top = (Array.isArray(value) ? value[0] : value) as Json | undefined;
    const plan = (top?.['Plan'] ?? (top?.['Node Type'] === undefined ? undefined : top)) as Json | undefined;
    if (!plan || typeof plan['Node Type'] !== 'string') return undefined;
    const foot = ['Planning Time', 'Execution Time'].flatMap((name) =>
      typeof top?.[name] === 'number' ? [`${name}: ${top[name]} ms`] : [],
    );
    return { root: spread(jsonNode(plan, 0)), foot };
  } catch {
    return undefined;
  }
}

const named = [
  'Filter',
  'Index Cond',
  'Recheck Cond',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'One-Time Filter',
];
const listed = [
  'Sort Key',
  'Group Key',
  'Presorted Key',
  'Rows Removed by Filter',
  'Workers Launched',
  'Heap Fetches',
];
const measured = [
  'Sort Method',
  'Hash Batches',
  'Peak Memory Usage',
  'Shared Hit Blocks',
  'Shared Read Blocks',
];

function jsonNode(plan: Json, depth: number): PlanNode {
  if (depth > 100) throw new Error('deeper than any plan');
  const say = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value));
  const has = (name: string) => plan[name] !== undefined && plan[name] !== null;
  const number = (name: string) => (typeof plan[name] === 'number' ? plan[name] : undefined);
  const join = has('Join Type') && plan['Join Type'] !== 'Inner' ? ` ${say(plan['Join Type'])} Join` : '';
  const index = has('Index Name') ? ` using ${say(plan['Index Name'])}` : '';
  const relation = plan['Relation Name'] ?? plan['CTE Name'] ?? plan['Function Name'];
  const alias = has('Alias') && plan['Alias'] !== relation ? ` ${say(plan['Alias'])}` : '';
  const on = relation === undefined ? '' : ` on ${say(relation)}${alias}`;
  const children = Array.isArray(plan['Plans']) ? (plan['Plans'] as Json[]) : [];
  const [loops, rows, ms] = [number('Actual Loops'), number('Actual Rows'), number('Actual Total Time')];
  const [from, to, planned] = [number('Startup Cost'), number('Total Cost'), number('Plan Rows')];
  const isRole = has('Subplan Name');
  return {
    label: say(plan['Node Type']) + join + index + on,
    ...(isRole && { role: say(plan['Subplan Name']) }),
    ...(from !== undefined && to !== undefined && { cost: { from, to } }),
    ...(planned !== undefined && { rows: planned }),
    ...(loops !== undefined &&
      loops > 0 && { actual: { ...(ms !== undefined && { ms }), rows: rows ?? 0, loops } }),
    ...(loops === 0 && { isNeverRun: true }),
    notes: [...named, ...listed, ...measured]
      .filter((name) => has(name) && plan[name] !== 0)
      .map((name) => `${name}: ${say(plan[name])}`),
    children: children.map((child) => jsonNode(child, depth + 1)),
  };
}

/** Times and rows of one loop become those of all of them; below a Gather the workers ran at the same time. */
function spread(node: PlanNode, workers = 1): PlanNode {
  const below = node.label.startsWith('Gather') ? launched(node) + 1 : workers;
  const { actual } = node;
  return {
    ...node,
    ...(actual && {
      actual: {
        ...(actual.ms !== undefined && {
          ms: (actual.ms * actual.loops) / Math.min(workers, actual.loops || 1),
        }),
        rows: actual.rows * actual.loops,
        loops: actual.loops,
      },
    }),
    ...(node.rows !== undefined && actual && { rows: node.rows * actual.loops }),
    children: node.children.map((child) => spread(child, below)),
  };
}

const launched = (node: PlanNode) => Number(/Workers Launched: (\d+)/.exec(node.notes.join('\n'))?.[1] ?? 0);

/** What a step itself takes of the whole, without the steps below it: of the time when it was measured, else of the cost. */
export function shareOf(node: PlanNode, root: PlanNode): number {
  const timeOf = (one: PlanNode) => one.actual?.ms ?? (root.actual?.ms === undefined ? undefined : 0);
  const isTimed = root.actual?.ms !== undefined && root.actual.ms > 0;
  const size = (one: PlanNode) => (isTimed ? (timeOf(one) ?? 0) : (one.cost?.to ?? 0));
  const whole = size(root);
  if (whole === 0) return 0;
  const own = size(node) - node.children.reduce((sum, child) => sum + size(child), 0);
  return Math.min(1, Math.max(0, own / whole));
}

/** How many times more or fewer rows came than were expected; 1 where nothing was measured. */
export function misjudged(node: PlanNode): number {
  if (!node.actual || node.rows === undefined) return 1;
  const [came, expected] = [Math.max(node.actual.rows, 1), Math.max(node.rows, 1)];
  return Math.max(came / expected, expected / came);
}
