import { Alert } from '@mantine/core';
import { errorPageText } from '#src/platform/contract/error-page.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { useText } from '../i18n.tsx';
import { IconAlertTriangle } from './icons.ts';

/** A refusal above the form that caused it: the API's own sentence, then the fields at fault. */
export function ProblemNotice({ problem }: { problem: Problem | null | undefined }) {
  const t = useText();
  if (!problem) return null;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      mb="md"
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={problem.detail || t(errorPageText.refusedTitle)}
      styles={{ title: { color: 'var(--el-bad)' }, message: { color: 'var(--el-text)' } }}
    >
      {problem.fields && problem.fields.length > 0 && (
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {problem.fields.map((field) => (
            <li key={field.path}>
              <code>{field.path}</code> {field.message}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

/** What is wrong with one field, for its `error` property. */
export function fieldProblem(problem: Problem | null | undefined, path: string): string | undefined {
  return problem?.fields?.find((field) => field.path === path)?.message;
}
