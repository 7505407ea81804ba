import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { Field } from '#src/platform/web/public/form-parts.tsx';

type Props = { problem: Problem | null | undefined };
type Worded = Props & { label?: string; hint?: string };

/** The name that others see. */
export function NameField({ label, hint, problem }: Worded) {
  const t = useText();
  return (
    <Field
      label={label ?? t(text.name)}
      hint={hint}
      name="name"
      autoComplete="name"
      maxLength={200}
      required
      problem={problem}
    />
  );
}

/** The address with which somebody signs in. */
export function EmailField({ hint, problem }: Omit<Worded, 'label'>) {
  const t = useText();
  return (
    <Field
      label={t(text.email)}
      hint={hint}
      name="email"
      type="email"
      autoComplete="username"
      maxLength={254}
      required
      problem={problem}
    />
  );
}

/** A password that is chosen now. */
export function NewPasswordField({ problem }: Props) {
  const t = useText();
  return (
    <Field
      label={t(text.password)}
      hint={t(text.passwordHint)}
      name="password"
      type="password"
      autoComplete="new-password"
      minLength={12}
      maxLength={200}
      required
      problem={problem}
    />
  );
}
