import { editorText as text } from '#src/community/contract/editor.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import '../site/drawings.css';
import './editor.css';

const live = [
  'toolbar',
  'heading',
  'bold',
  'italic',
  'code',
  'quote',
  'bullets',
  'numbers',
  'table',
  'link',
  'image',
  'preview',
  'placeholder',
  'linkText',
  'column',
  'uploading',
  'uploadFailed',
  'typing',
  'saving',
  'saved',
  'notSaved',
  'empty',
  'previewFailed',
] as const;

/**
 * A field of Markdown in a form: a textarea that sends `name`, and with script an editor around it. With `draft` the whole
 * form saves itself under that target (`article`, `question`, `answer-5`, `post-5`).
 */
export function MarkdownField(props: {
  label: string;
  name?: string;
  defaultValue?: string;
  hint?: string;
  rows?: number;
  required?: boolean;
  draft?: string;
  problem?: Problem | null | undefined;
}) {
  const { label, name = 'markdown', hint, rows = 18, required = true, problem } = props;
  const t = useText();
  const wrong = problem?.fields?.find(({ path }) => path === name);
  const words = JSON.stringify(Object.fromEntries(live.map((one) => [one, t(text[one])])));
  const noteId = `${name}-note`;
  return (
    <div className="com-field com-markdown">
      <label htmlFor={name}>{label}</label>
      <CustomElement name="editor" attributes={{ words, draft: props.draft }}>
        <textarea
          id={name}
          name={name}
          rows={rows}
          maxLength={200_000}
          required={required}
          defaultValue={props.defaultValue}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={noteId}
          spellCheck
        />
      </CustomElement>
      <span id={noteId} className={wrong ? 'pub-error' : 'pub-hint'}>
        {wrong ? wrong.message : (hint ?? t(text.syntax))}
        {!wrong && (
          <noscript>
            {' '}
            <a href="/uploads" target="_blank" rel="noopener">
              {t(text.uploadPage)}
            </a>
          </noscript>
        )}
      </span>
    </div>
  );
}
