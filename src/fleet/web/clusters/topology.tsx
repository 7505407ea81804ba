import { useId } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { roleWords, stateWord } from './cluster-words.tsx';
import {
  layoutNarrow,
  layoutWide,
  leads,
  type Layout,
  type PlacedLink,
  type PlacedNode,
  type TopologyNode,
} from './topology-layout.ts';
import styles from './topology.module.css';

/**
 * A cluster as a picture: hosts as boxes inside their failure domains, roles by shape, colour and word, replication
 * as arrows with their lag, votes of etcd. Two drawings, of which the place it stands in shows one.
 */
export function Topology({ nodes, compact = false }: { nodes: TopologyNode[]; compact?: boolean }) {
  const t = useText();
  if (nodes.length === 0) return null;
  const names = (wanted: (node: TopologyNode) => boolean) =>
    nodes.filter(wanted).map((node) => node.memberName || node.hostName);
  const label = t(
    text.topologySays(
      names(leads),
      names((node) => !leads(node) && node.role !== 'witness'),
      names((node) => node.role === 'witness').length > 0
        ? nodes.filter((n) => n.role === 'witness').map((n) => n.hostName)
        : [],
    ),
  );
  return (
    <div className={styles.frame} data-compact={compact || undefined}>
      {!compact && <Drawing className={styles.wide} layout={layoutWide(nodes)} label={label} />}
      <Drawing className={styles.narrow} layout={layoutNarrow(nodes)} label={label} />
    </div>
  );
}

function Drawing({
  layout,
  label,
  className,
}: {
  layout: Layout;
  label: string;
  className: string | undefined;
}) {
  const t = useText();
  const id = useId();
  return (
    <svg className={className} viewBox={`0 0 ${layout.width} ${layout.height}`} role="img" aria-label={label}>
      <defs>
        {(['flow', 'sync', 'broken'] as const).map((kind) => (
          <marker
            key={kind}
            id={`${id}-${kind}`}
            className={styles.head}
            data-kind={kind}
            viewBox="0 0 10 10"
            refX="2"
            refY="5"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M 0 0 L 10 5 L 0 10 z" />
          </marker>
        ))}
      </defs>
      {layout.domains.map((domain) => (
        <g key={domain.name} className={styles.domain}>
          <rect x={domain.x} y={domain.y} width={domain.width} height={domain.height} rx={16} />
          <text
            x={domain.x + 16}
            y={className === styles.narrow ? domain.y + 19 : domain.y + domain.height - 12}
          >
            {t(text.failureDomainOf(shorten(domain.name, Math.floor(domain.width / 9))))}
          </text>
        </g>
      ))}
      {layout.links.map((link) => (
        <Arrow key={link.key} link={link} markers={id} />
      ))}
      {layout.nodes.map((placed) => (
        <HostCard key={placed.node.key} placed={placed} stacked={className === styles.narrow} />
      ))}
      {className !== styles.narrow && layout.links.map((link) => <LagLabel key={link.key} link={link} />)}
    </svg>
  );
}

function kindOf(node: TopologyNode): 'flow' | 'sync' | 'broken' {
  if (node.presence === 'planned') return node.role === 'sync_standby' ? 'sync' : 'flow';
  if (
    node.presence === 'silent' ||
    node.state === null ||
    !['streaming', 'running', 'in archive recovery'].includes(node.state)
  ) {
    return 'broken';
  }
  return node.role === 'sync_standby' ? 'sync' : 'flow';
}

function Arrow({ link, markers }: { link: PlacedLink; markers: string }) {
  const kind = kindOf(link.to);
  return (
    <path
      className={styles.arrow}
      data-kind={kind}
      data-planned={link.to.presence === 'planned' || undefined}
      d={link.path}
      markerEnd={`url(#${markers}-${kind})`}
    />
  );
}

function useLag() {
  const t = useText();
  const format = useFormat();
  return (node: TopologyNode): string => {
    if (node.presence === 'planned')
      return node.role === 'sync_standby' ? t(text.linkSync) : t(text.linkAsync);
    const kind = kindOf(node);
    if (kind === 'broken') return t(text.linkBroken);
    if (node.lagBytes === null) return t(text.linkStreams);
    return node.lagBytes === 0 ? t(text.linkLevel) : t(text.linkBehind(format.bytes(node.lagBytes)));
  };
}

function LagLabel({ link }: { link: PlacedLink }) {
  const words = useLag()(link.to);
  const width = textWidth(words, 12.5) + 20;
  return (
    <g className={styles.label} data-kind={kindOf(link.to)}>
      <rect x={link.label.x - width / 2} y={link.label.y - 12} width={width} height={24} rx={12} />
      <text x={link.label.x} y={link.label.y + 4.5}>
        {words}
      </text>
    </g>
  );
}

function HostCard({ placed, stacked }: { placed: PlacedNode; stacked: boolean }) {
  const t = useText();
  const lag = useLag();
  const { node, x, y, width, height } = placed;
  const isComing = node.presence === 'planned' && node.role === 'unknown';
  const role = isComing ? text.statePlanned : roleWords[node.role];
  const isWitness = node.role === 'witness';
  const says = [
    node.presence === 'silent' ? t(text.hostSilent) : null,
    node.presence === 'here' && node.state && !isWitness ? t(stateWord(node.state)) : null,
    stacked && node.presence === 'here' && !leads(node) && !isWitness && node.role !== 'unknown'
      ? lag(node)
      : null,
  ].filter((one) => one !== null);
  const glyph = { size: stacked ? 38 : 50, x: x + 14, y: y + (stacked ? 40 : 44) };
  const textX = glyph.x + glyph.size + 12;
  const roomy = width >= 150;
  const tall = roomy ? y : y + 46;
  const left = roomy ? textX : x + 12;
  const fit = Math.floor((x + width - left - 8) / 8);
  return (
    <g className={styles.host} data-role={node.role} data-presence={node.presence}>
      <rect className={styles.card} x={x} y={y} width={width} height={height} rx={12} />
      <path className={styles.cap} d={topRounded(x, y, width, 32, 12)} />
      <rect className={styles.outline} x={x} y={y} width={width} height={height} rx={12} />
      <circle className={styles.light} cx={x + 18} cy={y + 16} r={4.5} />
      <text className={styles.hostName} x={x + 30} y={y + 21}>
        {shorten(node.hostName, Math.floor((width - 40) / 7.6))}
      </text>
      <RoleShape node={node} x={glyph.x} y={roomy ? glyph.y : y + 40} size={roomy ? glyph.size : 34} />
      <text className={styles.role} x={left} y={tall + 56}>
        {t(role)}
        {node.presence === 'planned' && !isComing && !leads(node) && !isWitness && (
          <tspan className={styles.says}>{` · ${lag(node)}`}</tspan>
        )}
      </text>
      {node.memberName && (
        <text className={styles.member} x={left} y={tall + 74}>
          {shorten(node.memberName, fit)}
        </text>
      )}
      {(roomy || node.presence === 'silent') && says.length > 0 && (
        <text className={styles.says} x={left} y={tall + (node.memberName ? 92 : 74)}>
          {says.join(' · ')}
        </text>
      )}
      {!stacked && <Chips placed={placed} />}
      {stacked && node.votes && <CornerChip kind="vote" words={t(text.vote)} x={x + width - 10} y={y + 16} />}
      {node.pendingRestart && (
        <CornerChip
          kind="restart"
          words={t(text.restartDue)}
          x={x + width - 10}
          y={stacked ? y + height - 20 : y + (width >= 200 ? 16 : height - 60)}
        />
      )}
    </g>
  );
}

/** The foot of a card: its vote in etcd and its timeline. */
function Chips({ placed: { node, x, y, width, height } }: { placed: PlacedNode }) {
  const t = useText();
  const chips = [
    ...(node.votes ? [{ key: 'vote', words: t(text.vote) }] : []),
    ...(node.timeline === null || width < 170
      ? []
      : [{ key: 'timeline', words: t(text.timelineShort(node.timeline)) }]),
  ];
  let at = x + 14;
  return chips.map(({ key, words }) => {
    const size = textWidth(words, 11.5) + 16;
    const start = at;
    at += size + 6;
    return (
      <g key={key} className={styles.chip} data-chip={key}>
        <rect x={start} y={y + height - 34} width={size} height={22} rx={11} />
        <text x={start + size / 2} y={y + height - 19}>
          {words}
        </text>
      </g>
    );
  });
}

function CornerChip({
  kind,
  words,
  x,
  y,
}: {
  kind: 'vote' | 'restart';
  words: string;
  x: number;
  y: number;
}) {
  const size = textWidth(words, 11.5) + 14;
  return (
    <g className={styles.chip} data-chip={kind}>
      <rect x={x - size} y={y - 10} width={size} height={20} rx={10} />
      <text x={x - size / 2} y={y + 4}>
        {words}
      </text>
    </g>
  );
}

/** A filled drum with a star leads; an open drum follows; a ticked one confirms commits; a ballot box only votes. */
function RoleShape({ node, x, y, size }: { node: TopologyNode; x: number; y: number; size: number }) {
  const place = `translate(${x} ${y}) scale(${size / 48})`;
  if (node.role === 'witness') {
    return (
      <g className={styles.shape} data-shape="ballot" transform={place}>
        <path className={styles.paper} d="M 16 4 h 16 v 20 h -16 z" />
        <path className={styles.tick} d="M 20 13 l 3.5 3.5 l 6 -7" />
        <path className={styles.body} d="M 5 20 h 38 v 24 h -38 z" />
        <path className={styles.slot} d="M 12 20.5 h 24" />
      </g>
    );
  }
  return (
    <g className={styles.shape} data-shape={node.role} transform={place}>
      <path className={styles.body} d="M 6 11 v 26 c 0 4 8 7 18 7 s 18 -3 18 -7 v -26" />
      <ellipse className={styles.lid} cx="24" cy="11" rx="18" ry="7" />
      {leads(node) && (
        <path
          className={styles.star}
          d="M 24 20.5 l 3 6.2 6.8 .9 -5 4.7 1.2 6.7 -6 -3.2 -6 3.2 1.2 -6.7 -5 -4.7 6.8 -.9 z"
        />
      )}
      {node.role === 'sync_standby' && <path className={styles.tick} d="M 15.5 29.5 l 6 6 l 11 -12.5" />}
      {node.role === 'replica' && <path className={styles.tick} d="M 6 24 c 0 4 8 7 18 7 s 18 -3 18 -7" />}
      {node.role === 'unknown' && (
        <text className={styles.question} x="24" y="37">
          ?
        </text>
      )}
    </g>
  );
}

const topRounded = (x: number, y: number, width: number, height: number, r: number) =>
  `M ${x} ${y + height} v ${r - height} q 0 ${-r} ${r} ${-r} h ${width - 2 * r} q ${r} 0 ${r} ${r} v ${height - r} z`;

const shorten = (words: string, most: number) =>
  words.length <= most ? words : `${words.slice(0, Math.max(1, most - 1))}…`;

/** About how wide a line is drawn: SVG cannot be asked before it is on the screen. */
function textWidth(words: string, size: number): number {
  return [...words].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 1 : 0.56), 0) * size;
}
