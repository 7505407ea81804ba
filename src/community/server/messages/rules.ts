type State = 'requested' | 'open' | 'refused';

/** Who began a conversation is not told that it was refused: to them it waits. */
export const shownState = (state: State, isMine: boolean): State =>
  isMine && state === 'refused' ? 'requested' : state;

/** Whether a side may write: both once it was accepted; before that the other side accepts first, and who asked waits. */
export const mayWriteIn = (state: State): boolean => state === 'open';

/** A request says who somebody is; pictures of strangers are for nobody's eyes before they agreed. */
export const hasPictures = (html: string): boolean => /<img\b/i.test(html);
