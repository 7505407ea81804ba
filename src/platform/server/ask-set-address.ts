/** Why an address gave no answer that can be used; with nothing of what it said. */
export class AskProblem extends Error {
  override name = 'AskProblem';
  readonly reason: 'timeout' | 'unreachable' | 'too-long';
  constructor(reason: AskProblem['reason'], options?: ErrorOptions) {
    super(`no usable answer: ${reason}`, options);
    this.reason = reason;
  }
}

/**
 * Asks an address that the settings name, with a secret in a header: what is sent goes there and is not redirected elsewhere,
 * an answer may take so long and be so large. The body of a refusal is not read. Throws an AskProblem when there is no answer.
 */
export async function askSetAddress(
  url: string,
  wish: {
    headers: Record<string, string>;
    /** Posts this as JSON; without it the address is only read. */
    json?: unknown;
    seconds: number;
    bytesAtMost: number;
  },
): Promise<{ status: number; body: string }> {
  const signal = AbortSignal.timeout(wish.seconds * 1000);
  try {
    const answer = await fetch(url, {
      headers: {
        'user-agent': 'Elepherd',
        ...(wish.json !== undefined && { 'content-type': 'application/json' }),
        ...wish.headers,
      },
      ...(wish.json !== undefined && { method: 'POST', body: JSON.stringify(wish.json) }),
      redirect: 'error',
      signal,
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      return { status: answer.status, body: '' };
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > wish.bytesAtMost) throw new AskProblem('too-long');
      chunks.push(chunk);
    }
    return { status: answer.status, body: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    if (error instanceof AskProblem) throw error;
    throw new AskProblem(signal.aborted ? 'timeout' : 'unreachable', { cause: error });
  }
}

/** What JSON says, and undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
