/** What the secrets of a channel are sealed for. */
export const channelSeal = (id: string): string => `fleet.alert_channel.secrets:${id}`;
