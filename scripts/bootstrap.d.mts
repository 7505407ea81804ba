export const root: string;
export function run(file: string, args: readonly string[]): Promise<void>;
export function packagesAreCurrent(folder: string): boolean;
export function ensurePackages(folder: string, log: (line: string) => void): Promise<void>;
export function explain(said: string): string;
export function pinnedNode(folder: string): string;
export class SetupError extends Error {}
