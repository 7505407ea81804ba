import { z } from 'zod';
import { AskProblem, askSetAddress, parseJson } from './ask-set-address.ts';
import type { Config } from './config.ts';

/** One turn of what a model is told. */
export type Message = { role: 'system' | 'user'; content: string };

/** A language model behind an endpoint that speaks the chat completions of OpenAI. */
export type LanguageModel = {
  name: string;
  /** What the model answers; throws a ModelProblem in every other case. */
  ask(messages: readonly Message[]): Promise<string>;
};

/** Why there is no answer: never with anything that the other side said, which could hold what it was sent. */
export type Reason = AskProblem['reason'] | 'refused' | 'busy' | 'failed' | 'garbage';
export class ModelProblem extends Error {
  override name = 'ModelProblem';
  readonly reason: Reason;
  constructor(reason: Reason) {
    super(`the language model gave no answer: ${reason}`);
    this.reason = reason;
  }
}

const charactersAtMost = 8000;
const tokensAtMost = 1500;

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** The model that the settings name; undefined when they name none: that is how it is by default. */
export function openLanguageModel(config: Config): LanguageModel | undefined {
  const { AI_URL: url, AI_MODEL: name, AI_KEY: key, AI_SECONDS: seconds } = config;
  if (url === undefined || name === undefined) return undefined;
  const address = `${url.replace(/\/+$/, '')}/chat/completions`;
  return {
    name,
    async ask(messages) {
      try {
        const { status, body } = await askSetAddress(address, {
          headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
          json: { model: name, messages, max_tokens: tokensAtMost, temperature: 0.2, stream: false },
          seconds,
          bytesAtMost: 256 * 1024,
        });
        if (status !== 200) throw new ModelProblem(reasonOf(status));
        return readAnswer(body, key);
      } catch (error) {
        if (error instanceof AskProblem) throw new ModelProblem(error.reason);
        throw error;
      }
    },
  };
}

const reasonOf = (status: number): Reason =>
  status === 401 || status === 403 ? 'refused' : status === 429 ? 'busy' : 'failed';

function readAnswer(body: string, key: string | undefined): string {
  const parsed = Completion.safeParse(parseJson(body)).data;
  const text = parsed?.choices[0]?.message.content.trim() ?? '';
  // A server that hands back the key it was sent does not come through with it.
  if (text === '' || (key !== undefined && text.includes(key))) throw new ModelProblem('garbage');
  if (text.length > charactersAtMost) throw new ModelProblem('too-long');
  return text;
}

let ofThisProgram: LanguageModel | undefined;

/** Says which model this program asks; undefined for none. */
export function setLanguageModel(model: LanguageModel | undefined): void {
  ofThisProgram = model;
}

/** The model of this program; undefined while none is set up. */
export const findLanguageModel = (): LanguageModel | undefined => ofThisProgram;
