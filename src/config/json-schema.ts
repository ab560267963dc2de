import { z } from 'zod';
import { configSchema } from './schema.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of one config file, as `config/bellhop.schema.json` holds it for editors. */
export function configJsonSchema(sourceTypes: readonly string[]): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(configSchema(sourceTypes), {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // Drafts differ in how large the safe integers may be; to an editor they are noise.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return {
    $schema,
    title: 'Bellhop’s config',
    // The two words by which VS Code takes the file for JSON with comments.
    allowComments: true,
    allowTrailingCommas: true,
    ...schema,
  };
}
