import { readFileSync } from 'node:fs'
import { type DocumentNode, Kind, parse } from 'graphql'
import { parseSync } from 'oxc-parser'

/** A GraphQL document as it stands in a source, to the letter: the text is what the compiler knows it by. */
export type FoundDocument = { text: string; document: DocumentNode }

type Node = { type: string; [key: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

function* nodesOf(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesOf(child)
  }
}

/**
 * What a string says, where the source alone tells: constants of the same file stand for what they say, as they do for
 * the compiler, to which such a template has one literal type.
 */
function said(node: Node, constants: ReadonlyMap<string, string>): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node.type === 'Identifier') return constants.get(node.name as string)
  if (node.type !== 'TemplateLiteral') return undefined
  const holes = (node.expressions as Node[]).map(hole => said(hole, constants))
  if (holes.includes(undefined)) return undefined
  return (node.quasis as { value: { cooked: string } }[])
    .map(({ value }, i) => value.cooked + (holes[i] ?? ''))
    .join('')
}

function parsed(text: string): DocumentNode | undefined {
  if (!/^\s*(query|mutation|subscription|fragment|\{)/.test(text)) return undefined
  try {
    const document = parse(text)
    return document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION) ? document : undefined
  } catch {
    // Text that begins like a document and is none: JSON, or one that is wrong on purpose.
    return undefined
  }
}

/** Every document that stands whole in the source files given, each text once. */
export function findDocuments(files: readonly string[]): FoundDocument[] {
  const found = new Map<string, DocumentNode>()
  for (const file of files) {
    const source = readFileSync(file, 'utf8')
    const nodes = [...nodesOf(parseSync(file, source).program as unknown as Node)]
    const constants = new Map<string, string>()
    for (const { type, kind, declarations } of nodes) {
      if (type !== 'VariableDeclaration' || kind !== 'const') continue
      for (const { id, init } of declarations as { id: Node; init: Node | null }[]) {
        const text = init === null ? undefined : said(init, constants)
        if (text !== undefined && id.type === 'Identifier') constants.set(id.name as string, text)
      }
    }
    for (const node of nodes) {
      const text = node.type === 'Literal' || node.type === 'TemplateLiteral' ? said(node, constants) : undefined
      const document = text === undefined ? undefined : parsed(text)
      if (text !== undefined && document) found.set(text, document)
    }
  }
  return [...found].map(([text, document]) => ({ text, document }))
}
