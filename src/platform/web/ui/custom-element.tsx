import { createElement, type ReactNode } from 'react';

/**
 * An interactive part of a page without hydration: the tag `elepherd-<name>`, and the module that makes it live, from
 * `<name>.element.ts`. What stands inside is there without script, and is what a reader without script has.
 */
export function CustomElement({
  name,
  attributes = {},
  children,
}: {
  name: string;
  attributes?: Record<string, string | number | undefined>;
  children?: ReactNode;
}) {
  return (
    <>
      {createElement(`elepherd-${name}`, attributes, children)}
      {/* The same module twice in a page runs once. */}
      <script type="module" src={`/elements/${name}.js`} />
    </>
  );
}
