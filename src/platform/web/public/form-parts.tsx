import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import type { Problem } from '#src/platform/contract/problem.ts';

type FieldProps = {
  label: string;
  hint?: string | undefined;
  problem?: Problem | null | undefined;
  name: string;
};

/** One labelled input of a plain form, with what is wrong with it. */
export function Field(props: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const { label, hint: _hint, problem: _problem, ...input } = props;
  const note = noteOf(props);
  return (
    <label>
      {label}
      <input {...input} {...note.attributes} />
      {note.shown}
    </label>
  );
}

/** The same for several lines of text. */
export function TextField(props: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const { label, hint: _hint, problem: _problem, ...input } = props;
  const note = noteOf(props);
  return (
    <label>
      {label}
      <textarea {...input} {...note.attributes} />
      {note.shown}
    </label>
  );
}

/** The same for a choice among a few; the options are its children. */
export function ChoiceField(
  props: FieldProps & SelectHTMLAttributes<HTMLSelectElement> & { children: ReactNode },
) {
  const { label, hint: _hint, problem: _problem, children, ...input } = props;
  const note = noteOf(props);
  return (
    <label>
      {label}
      <select {...input} {...note.attributes}>
        {children}
      </select>
      {note.shown}
    </label>
  );
}

/** A box to tick, with its words after it. */
export function TickField(props: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const { label, hint: _hint, problem: _problem, ...input } = props;
  const note = noteOf(props);
  return (
    <label className="pub-check">
      <input type="checkbox" {...input} {...note.attributes} />
      <span>
        {label} {note.shown}
      </span>
    </label>
  );
}

function noteOf({ name, hint, problem }: FieldProps) {
  const wrong = problem?.fields?.find(({ path }) => path === name || path.endsWith(`.${name}`));
  const id = `${name}-note`;
  return {
    attributes: {
      'aria-invalid': wrong ? true : undefined,
      'aria-describedby': wrong || hint ? id : undefined,
    },
    shown: wrong ? (
      <span id={id} className="pub-error">
        {wrong.message}
      </span>
    ) : (
      hint && (
        <span id={id} className="pub-hint">
          {hint}
        </span>
      )
    ),
  };
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
