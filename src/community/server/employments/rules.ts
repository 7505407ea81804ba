/** How many times of employment one member may state. */
export const maxEmployments = 50;
