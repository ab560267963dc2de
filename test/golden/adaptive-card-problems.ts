import { createRequire } from 'node:module';
import { z } from 'zod';

/** The part of npm `adaptivecards` that reads a card; its own types want a browser's. */
interface AdaptiveCards {
  readonly Versions: { readonly v1_5: unknown };
  readonly SerializationContext: new (
    version: unknown,
  ) => {
    readonly eventCount: number;
    getEventAt(index: number): { readonly message: string };
  };
  readonly AdaptiveCard: new () => { parse(card: object, context: unknown): void };
}

const { AdaptiveCard, SerializationContext, Versions }: AdaptiveCards = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
);

const activitySchema = z.object({ attachments: z.array(z.object({ content: z.looseObject({}) })) });

/** What Microsoft's own reader of Adaptive Cards 1.5 has to say about the cards of an activity. */
export function adaptiveCardProblems(activity: unknown): readonly string[] {
  return activitySchema.parse(activity).attachments.flatMap(({ content }) => {
    const context = new SerializationContext(Versions.v1_5);
    new AdaptiveCard().parse(content, context);
    return Array.from({ length: context.eventCount }, (_, index) => `teams: ${context.getEventAt(index).message}`);
  });
}
