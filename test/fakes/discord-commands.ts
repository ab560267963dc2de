type Json = Readonly<Record<string, unknown>>;

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u;

/** What Discord would refuse these commands for. https://docs.discord.com/developers/interactions/application-commands */
export function commandProblems(commands: unknown, scope: 'server' | 'everywhere'): readonly string[] {
  if (!Array.isArray(commands)) return ['the commands are no list'];
  return (commands as Json[]).flatMap((command) => {
    const found = command.type === 3 ? messageProblems(command) : chatProblems(command);
    const placed = 'contexts' in command || 'integration_types' in command;
    if (placed && scope === 'server') found.push(`${command.name} of one server names its contexts`);
    return found;
  });
}

function messageProblems({ name, description, options }: Json): string[] {
  const found: string[] = [];
  if (typeof name !== 'string' || name.length < 1 || name.length > 32) found.push(`${String(name)} is no name`);
  if (description !== undefined || options !== undefined) found.push(`${String(name)} says more than its name`);
  return found;
}

function chatProblems(command: Json): string[] {
  const found = nodeProblems(command, '');
  const total = lengthOf(command);
  if (total > 8_000) found.push(`${String(command.name)} has ${total} characters; at most 8000 fit`);
  return found;
}

function nodeProblems(node: Json, parent: string): string[] {
  const { name, description, options = [], choices = [], autocomplete } = node;
  const path = `${parent}/${String(name)}`;
  const found: string[] = [];
  if (typeof name !== 'string' || !NAME.test(name) || name !== name.toLowerCase()) found.push(`${path}: bad name`);
  if (typeof description !== 'string' || description.length < 1 || description.length > 100) {
    found.push(`${path}: its description has not 1 to 100 characters`);
  }
  const inner = options as readonly Json[];
  const given = choices as readonly Json[];
  if (inner.length > 25 || given.length > 25) found.push(`${path}: more than 25 options or choices`);
  if (given.length > 0 && autocomplete === true) found.push(`${path}: choices and autocomplete`);
  for (const choice of given) {
    if (typeof choice.value !== 'string' || choice.value.length > 100 || choice.value.length < 1)
      found.push(`${path}: a bad choice`);
  }
  const names = inner.map((option) => option.name);
  if (new Set(names).size !== names.length) found.push(`${path}: a name twice`);
  const firstOptional = inner.findIndex(({ required }) => required !== true);
  if (firstOptional >= 0 && inner.slice(firstOptional).some(({ required }) => required === true)) {
    found.push(`${path}: a required option after an optional one`);
  }
  return [...found, ...inner.flatMap((option) => nodeProblems(option, path))];
}

/** Names, descriptions and values together, as Discord counts. */
function lengthOf(node: Json): number {
  const own = [node.name, node.description, node.value].map((text) => (typeof text === 'string' ? text.length : 0));
  const inner = [...((node.options as Json[]) ?? []), ...((node.choices as Json[]) ?? [])].map(lengthOf);
  return [...own, ...inner].reduce((sum, length) => sum + length, 0);
}
