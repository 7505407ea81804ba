import { data } from 'react-router';
import type { Problem } from '#src/platform/contract/problem.ts';
import { problemOf } from '../api.ts';

/** Runs what a plain form asks for; a refusal the person can do something about is answered with the form again. */
export async function formAnswer<T>(work: Promise<T>): Promise<{ done: T } | { refused: Problem }> {
  try {
    return { done: await work };
  } catch (error) {
    const problem = problemOf(error);
    if (problem && problem.status < 500 && problem.status !== 401) return { refused: problem };
    throw error;
  }
}

/** The form again, with what is wrong, the status that says so, and what was typed. */
export function refusedForm(problem: Problem, given: Record<string, string> = {}) {
  return data({ problem, done: false, given }, { status: problem.status });
}

/** A field of a form as text. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
