import { type DocumentNode, type StringValueNode, visit } from 'graphql'

/**
 * Characters that nobody sees and that change what is seen or cannot be kept: controls but tab and line ends, half a
 * surrogate pair, marks of direction, fillers, joiners of nothing, tags.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\u{e0000}-\u{e0fff}]|\p{Cs}/u

const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Nothing of the schema is as deep; whoever sends it would have it walked for nothing. */
export const deepestValue = 32

/** Where such a character stands, and which it is; or that values are nested too deep to be looked at. */
export type Unseen = { field: string; found: string } | { deeperThan: number }

const inText = (text: string, field: string): Unseen | null => {
  const found = unseen.exec(text)
  return found && { field, found: nameOf(found[0]) }
}

function inValue(value: unknown, field: string, depth: number): Unseen | null {
  if (typeof value === 'string') return inText(value, field)
  if (typeof value !== 'object' || value === null) return null
  if (depth > deepestValue) return { deeperThan: deepestValue }
  for (const [key, inner] of Object.entries(value)) {
    const found = inValue(inner, Array.isArray(value) ? field : key, depth + 1)
    if (found) return found
  }
  return null
}

// One document is asked again and again.
const judged = new WeakMap<DocumentNode, Unseen | null>()

function inDocument(document: DocumentNode): Unseen | null {
  const known = judged.get(document)
  if (known !== undefined) return known
  let found: Unseen | null = null
  const fields: string[] = []
  const named = {
    enter: (node: { name?: { value: string }; variable?: { name: { value: string } } }) => {
      fields.push(node.name?.value ?? node.variable?.name.value ?? '')
    },
    leave: () => {
      fields.pop()
    },
  }
  visit(document, {
    Argument: named,
    ObjectField: named,
    VariableDefinition: named,
    StringValue: ({ value }: StringValueNode) => {
      found ??= inText(value, fields.at(-1) ?? '')
    },
  })
  judged.set(document, found)
  return found
}

/**
 * The first text of a request, in its variables or in the document with its defaults, that is none to be read, kept and
 * shown. Null: all are.
 */
export const unseenIn = (
  document: DocumentNode,
  variables: Record<string, unknown> | null | undefined,
): Unseen | null => (variables ? inValue(variables, 'variables', 0) : null) ?? inDocument(document)
