/** How many matters of one member may lie before committees at once. */
export const maxOpenMatters = 10;
