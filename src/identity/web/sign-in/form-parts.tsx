import type { InputHTMLAttributes } from 'react';
import type { Problem } from '#src/platform/contract/problem.ts';

/** One labelled input of a plain form, with what is wrong with it. */
export function Field(
  props: {
    label: string;
    hint?: string;
    problem?: Problem | null | undefined;
    name: string;
  } & InputHTMLAttributes<HTMLInputElement>,
) {
  const { label, hint, problem, ...input } = props;
  const wrong = problem?.fields?.find(({ path }) => path === input.name || path.endsWith(`.${input.name}`));
  const noteId = `${input.name}-note`;
  return (
    <label>
      {label}
      <input
        {...input}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong || hint ? noteId : undefined}
      />
      {wrong ? (
        <span id={noteId} className="pub-error">
          {wrong.message}
        </span>
      ) : (
        hint && (
          <span id={noteId} className="pub-hint">
            {hint}
          </span>
        )
      )}
    </label>
  );
}

/** What a form's answer says above it. */
export function Refusal({ problem }: { problem: Problem | null | undefined }) {
  if (!problem) return null;
  return (
    <p className="pub-note" data-tone="bad" role="alert">
      {problem.detail}
    </p>
  );
}
