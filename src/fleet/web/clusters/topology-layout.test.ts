import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Box, layoutNarrow, layoutWide, type TopologyNode } from './topology-layout.ts';

const node = (index: number, domain: string | null, role: TopologyNode['role']): TopologyNode => ({
  key: `m${index}`,
  hostName: `host-${index}`,
  domain,
  role,
  memberName: `orders-${index}`,
  presence: 'here',
  state: 'streaming',
  lagBytes: 0,
  timeline: 1,
  votes: true,
  pendingRestart: false,
});

const clusters = fc
  .array(fc.constantFrom(null, 'rack-a', 'rack-b', 'rack-c'), { minLength: 1, maxLength: 7 })
  .chain((domains) =>
    fc.record({
      domains: fc.constant(domains),
      primary: fc.integer({ min: -1, max: domains.length - 1 }),
      witness: fc.boolean(),
    }),
  )
  .map(({ domains, primary, witness }) => [
    ...domains.map((domain, index) => node(index, domain, index === primary ? 'primary' : 'replica')),
    ...(witness ? [node(domains.length, null, 'witness')] : []),
  ]);

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01;

for (const [name, layoutOf] of Object.entries({ wide: layoutWide, narrow: layoutNarrow })) {
  test(`${name}: every host has its own place inside the picture and inside its failure domain`, () => {
    fc.assert(
      fc.property(clusters, (all) => {
        const { nodes, domains, width, height } = layoutOf(all);
        expect(nodes).toHaveLength(all.length);
        for (const [index, one] of nodes.entries()) {
          expect(one.x).toBeGreaterThanOrEqual(0);
          expect(one.y).toBeGreaterThanOrEqual(0);
          expect(one.x + one.width).toBeLessThanOrEqual(width + 0.01);
          expect(one.y + one.height).toBeLessThanOrEqual(height + 0.01);
          for (const other of nodes.slice(index + 1)) expect(overlap(one, other)).toBe(false);
          for (const domain of domains) expect(overlap(one, domain)).toBe(domain.name === one.node.domain);
        }
      }),
    );
  });

  test(`${name}: an arrow leads to every replica and to nobody else, when there is a primary`, () => {
    fc.assert(
      fc.property(clusters, (all) => {
        const followers = all.filter(({ role }) => role === 'replica').map(({ key }) => key);
        const wished = all.some(({ role }) => role === 'primary') ? followers : [];
        expect(
          layoutOf(all)
            .links.map(({ key }) => key)
            .toSorted(),
        ).toEqual(wished.toSorted());
      }),
    );
  });
}

test('labels of arrows lie above the hosts and apart from one another', () => {
  fc.assert(
    fc.property(clusters, (all) => {
      const { links, nodes } = layoutWide(all);
      const top = Math.min(...nodes.map(({ y }) => y));
      for (const [index, { label }] of links.entries()) {
        expect(label.y).toBeGreaterThanOrEqual(12);
        expect(label.y + 12).toBeLessThanOrEqual(top);
        for (const other of links.slice(index + 1)) {
          expect(Math.abs(label.x - other.label.x) >= 60 || Math.abs(label.y - other.label.y) >= 24).toBe(
            true,
          );
        }
      }
    }),
  );
});
