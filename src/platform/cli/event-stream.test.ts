import { expect, test } from 'vitest';
import { readEvents } from './event-stream.ts';

const bytes = new TextEncoder();

async function read(chunks: readonly Uint8Array[]) {
  async function* body() {
    yield* chunks;
  }
  const events = [];
  for await (const event of readEvents(body())) if (event !== 'alive') events.push(event);
  return events;
}

const stream =
  ': hello\n\nid: 7\nevent: operation\ndata: {"a":\ndata: "集群"}\n\r\ndata:x\r\n\r\nid: 9\rdata: y\r\revent: lost\ndata: cut off';
const expected = [
  { name: 'operation', data: '{"a":\n"集群"}', id: '7' },
  { name: 'message', data: 'x', id: '7' },
  { name: 'message', data: 'y', id: '9' },
];

test('reads events with all line ends, keeps the last id, drops what was cut off', async () => {
  expect(await read([bytes.encode(stream)])).toEqual(expected);
});

test('reads the same however the network cuts it', async () => {
  const whole = bytes.encode(stream);
  for (const size of [1, 2, 3, 5, 7]) {
    const chunks = [];
    for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
    expect(await read(chunks)).toEqual(expected);
  }
});
