/** Tags as they were typed, one after another, with blanks or commas of either script between them. */
export const tagsOf = (typed: string): string[] => typed.split(/[\s,，、]+/u).filter((name) => name !== '');
