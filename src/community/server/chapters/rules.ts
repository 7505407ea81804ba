/** How many chapters of one member may wait to be approved. */
export const maxWaitingChapters = 2;
