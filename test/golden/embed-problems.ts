import { ActionRowBuilder, ButtonBuilder, EmbedBuilder, embedLength } from 'discord.js';
import { z } from 'zod';

const messageSchema = z.object({
  embeds: z.array(
    z
      .object({
        title: z.string(),
        url: z.string().optional(),
        description: z.string().optional(),
        color: z.number(),
        fields: z.array(z.object({ name: z.string(), value: z.string(), inline: z.boolean() })).default([]),
        footer: z.object({ text: z.string() }).optional(),
        timestamp: z.iso.datetime().optional(),
      })
      .strict(),
  ),
  components: z.array(
    z.object({ components: z.array(z.object({ label: z.string(), url: z.string(), style: z.literal(5) }).loose()) }),
  ),
});

/** What the builders of discord.js, which check every part on its own, would refuse of a Discord message. */
export function embedProblems(payload: unknown): readonly string[] {
  const { embeds, components } = messageSchema.parse(payload);
  const problems: string[] = [];
  const attempt = (part: string, build: () => unknown): void => {
    try {
      build();
    } catch (error) {
      problems.push(`discord refuses the ${part}: ${String(error)}`);
    }
  };
  for (const { title, url, description, color, fields, footer, timestamp } of embeds) {
    const embed = new EmbedBuilder();
    attempt('title', () => embed.setTitle(title));
    attempt('url', () => embed.setURL(url ?? null));
    attempt('description', () => embed.setDescription(description ?? null));
    attempt('color', () => embed.setColor(color));
    attempt('fields', () => embed.setFields(fields));
    attempt('footer', () => embed.setFooter(footer ?? null));
    attempt('timestamp', () => embed.setTimestamp(timestamp === undefined ? null : new Date(timestamp)));
  }
  const length = embeds.reduce((sum, embed) => sum + embedLength(embed as Parameters<typeof embedLength>[0]), 0);
  if (length > 6_000) problems.push(`discord: the embeds have ${length} characters; 6000 are allowed`);
  for (const { components: buttons } of components) {
    attempt('buttons', () =>
      new ActionRowBuilder<ButtonBuilder>()
        .setComponents(
          buttons.map(({ label, url, style }) => new ButtonBuilder().setLabel(label).setURL(url).setStyle(style)),
        )
        .toJSON(),
    );
  }
  return problems;
}
