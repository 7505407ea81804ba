/** What the author of a featured article gets, once: five times what the community gives for a shared article. */
export const reputationForFeatured = 50;
