/** One event of a `text/event-stream`. */
export interface StreamEvent {
  name: string;
  data: string;
  id: string | undefined;
}

/** Reads events from a stream as they come; an event cut off by the end of the stream is dropped, as the standard says. */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent | 'alive'> {
  const decoder = new TextDecoder();
  let rest = '';
  let lines: string[] = [];
  let id: string | undefined;
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    // A lone CR at the end may be the first half of CRLF: it waits for what follows.
    const complete = rest.split(/\r\n|\n|\r(?!$)/);
    rest = complete.pop() ?? '';
    for (const line of complete) {
      if (line !== '') {
        lines.push(line);
        continue;
      }
      const event = eventOf(lines, id);
      id = event.id;
      lines = [];
      if (event.data !== undefined) yield { name: event.name, data: event.data, id };
    }
    // Comments keep the line open; who reads may want to know that the other side lives.
    yield 'alive';
  }
}

function eventOf(lines: readonly string[], lastId: string | undefined) {
  let name = 'message';
  let id = lastId;
  const data: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
  }
  return { name, id, data: data.length === 0 ? undefined : data.join('\n') };
}
