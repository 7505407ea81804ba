/** Within how many seconds everybody is shown what was published, whatever is kept on the way to them. */
export const shownWithinSeconds = 5;

/** For how long a page, feed, map or calendar for nobody in particular is kept whole, from when its rows are asked for. */
export const keptPageSeconds = 3;

/** For how long what pages show of many rows (counts, settings) is kept; with the page it goes into less than is promised. */
export const keptFigureSeconds = 1;
