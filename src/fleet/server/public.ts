/** What other rooms may ask of the fleet. */
export { createSandbox as handOutSandbox } from './sandboxes/create-sandbox.ts';
export { createTemplate as keepSandboxTemplate } from './sandboxes/create-template.ts';
export { destroySandbox } from './sandboxes/destroy-sandbox.ts';
export { extendSandbox } from './sandboxes/extend-sandbox.ts';
export { getSandbox, listInstalledPostgres } from './sandboxes/queries.ts';
export { resetSandbox } from './sandboxes/reset-sandbox.ts';
