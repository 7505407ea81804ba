/** What the picture shows of one host and of the part of the cluster on it. */
export type TopologyNode = {
  key: string;
  hostName: string;
  /** What fails together with this host; null when nothing is known. */
  domain: string | null;
  /** planned: as the preview shows it, before anything stands. */
  role: 'primary' | 'replica' | 'sync_standby' | 'standby_leader' | 'unknown' | 'witness';
  memberName: string;
  presence: 'here' | 'silent' | 'planned';
  state: string | null;
  lagBytes: number | null;
  timeline: number | null;
  votes: boolean;
  pendingRestart: boolean;
};

export type Box = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };
export type PlacedNode = Box & { node: TopologyNode };
export type PlacedDomain = Box & { name: string };
export type PlacedLink = { key: string; to: TopologyNode; path: string; label: Point };
export type Layout = {
  width: number;
  height: number;
  nodes: PlacedNode[];
  domains: PlacedDomain[];
  links: PlacedLink[];
};

/** Whether a node is where others stream from. */
export const leads = (node: TopologyNode) => node.role === 'primary' || node.role === 'standby_leader';

/** Hosts of one failure domain together, in the order in which they come; each of unknown domain by itself. */
export function groupByDomain(
  nodes: readonly TopologyNode[],
): { name: string | null; nodes: TopologyNode[] }[] {
  const groups: { name: string | null; nodes: TopologyNode[] }[] = [];
  for (const node of nodes) {
    const known = node.domain === null ? undefined : groups.find((group) => group.name === node.domain);
    if (known) known.nodes.push(node);
    else groups.push({ name: node.domain, nodes: [node] });
  }
  return groups;
}

const streamsTo = (nodes: readonly PlacedNode[]) =>
  nodes.filter(({ node }) => !leads(node) && node.role !== 'witness');

const wide = {
  width: 1100,
  cardMin: 118,
  cardMax: 284,
  cardHeight: 158,
  pad: 14,
  gap: 16,
  between: 22,
  foot: 34,
};

/** Hosts side by side, failure domains as frames, replication as arcs above. At most nine hosts. */
export function layoutWide(all: readonly TopologyNode[]): Layout {
  const groups = groupByDomain(all);
  const { width, pad, gap, between, cardHeight } = wide;
  const fixed =
    (groups.length - 1) * between +
    groups.reduce(
      (sum, group) => sum + (group.name === null ? 0 : 2 * pad) + (group.nodes.length - 1) * gap,
      0,
    );
  const room = (width - fixed) / Math.max(1, all.length);
  const cardWidth = Math.max(wide.cardMin, Math.min(wide.cardMax, room));
  const used = fixed + cardWidth * all.length;
  const order = groups.flatMap((group) => group.nodes);
  const leader = order.findIndex(leads);
  const farthest = Math.max(
    0,
    ...order.map((node, index) => (leader < 0 || !isFollower(node) ? 0 : Math.abs(index - leader))),
  );
  const sky = farthest === 0 ? pad : arcRise(farthest) + 30;
  const top = sky + pad;

  let x = Math.max(0, (width - used) / 2);
  const nodes: PlacedNode[] = [];
  const domains: PlacedDomain[] = [];
  for (const group of groups) {
    const inset = group.name === null ? 0 : pad;
    const start = x;
    x += inset;
    for (const node of group.nodes) {
      nodes.push({ node, x, y: top, width: cardWidth, height: cardHeight });
      x += cardWidth + gap;
    }
    x += inset - gap;
    if (group.name !== null) {
      domains.push({
        name: group.name,
        x: start,
        y: top - pad,
        width: x - start,
        height: cardHeight + pad + wide.foot,
      });
    }
    x += between;
  }
  const height = top + cardHeight + (domains.length > 0 ? wide.foot + 2 : pad);
  return { width: Math.max(width, used), height, nodes, domains, links: arcs(nodes) };
}

const isFollower = (node: TopologyNode) => !leads(node) && node.role !== 'witness';
/** How far above the cards an arc over so many cards rises. */
const arcRise = (steps: number) => 30 + 34 * steps;

function arcs(nodes: readonly PlacedNode[]): PlacedLink[] {
  const from = nodes.findIndex(({ node }) => leads(node));
  const leader = nodes[from];
  if (!leader) return [];
  return streamsTo(nodes).map((target) => {
    const steps = nodes.indexOf(target) - from;
    const side = Math.sign(steps);
    // The farther an arc goes, the farther back it starts: they lie inside one another and never cross.
    const startX = leader.x + leader.width / 2 + side * Math.max(4, 46 - 14 * (Math.abs(steps) - 1));
    const endX = target.x + target.width / 2 - side * 10;
    const rise = arcRise(Math.abs(steps));
    const y = leader.y;
    // A cubic curve whose both handles are at the same height reaches three quarters of it.
    const handle = y - rise / 0.75;
    return {
      key: target.node.key,
      to: target.node,
      path: `M ${startX} ${y} C ${startX} ${handle}, ${endX} ${handle}, ${endX} ${y - 9}`,
      label: { x: (startX + endX) / 2, y: y - rise },
    };
  });
}

const narrow = {
  width: 344,
  cardHeight: 108,
  plannedHeight: 88,
  pad: 10,
  gap: 12,
  between: 14,
  head: 28,
  lane: 10,
};

/** The same from top to bottom, for phones and side columns; replication runs along the left edge. */
export function layoutNarrow(all: readonly TopologyNode[]): Layout {
  const groups = groupByDomain(all);
  const { width, pad, gap, between, head, lane } = narrow;
  // What is only planned has less to say.
  const cardHeight = all.every(({ presence }) => presence === 'planned')
    ? narrow.plannedHeight
    : narrow.cardHeight;
  const followers = all.some(leads) ? all.filter(isFollower).length : 0;
  const gutter = followers === 0 ? 0 : 16 + lane * followers;
  const nodes: PlacedNode[] = [];
  const domains: PlacedDomain[] = [];
  let y = 2;
  for (const group of groups) {
    const named = group.name !== null;
    const start = y;
    if (named) y += head;
    for (const node of group.nodes) {
      const inset = named ? pad : 0;
      nodes.push({ node, x: gutter + inset, y, width: width - gutter - 2 * inset, height: cardHeight });
      y += cardHeight + gap;
    }
    y += (named ? pad : 0) - gap;
    if (group.name !== null)
      domains.push({ name: group.name, x: gutter, y: start, width: width - gutter, height: y - start });
    y += between;
  }
  return { width, height: y - between + 2, nodes, domains, links: trunks(nodes, gutter) };
}

function trunks(nodes: readonly PlacedNode[], gutter: number): PlacedLink[] {
  const leader = nodes.find(({ node }) => leads(node));
  if (!leader) return [];
  const targets = streamsTo(nodes);
  return targets.map((target, index) => {
    const laneX = gutter - 10 - narrow.lane * (index + 1) + narrow.lane / 2;
    const endY = target.y + target.height / 2;
    const down = Math.sign(endY - leader.y);
    // Who goes down leaves below those in lanes farther out, who goes up above them: so lanes never cross.
    const startY = leader.y + leader.height / 2 - down * (index - (targets.length - 1) / 2) * 9;
    const r = 7;
    return {
      key: target.node.key,
      to: target.node,
      path:
        `M ${leader.x} ${startY} H ${laneX + r} Q ${laneX} ${startY} ${laneX} ${startY + down * r} ` +
        `V ${endY - down * r} Q ${laneX} ${endY} ${laneX + r} ${endY} H ${target.x - 9}`,
      label: { x: laneX, y: (startY + endY) / 2 },
    };
  });
}
