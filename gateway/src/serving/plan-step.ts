import { Kind, OperationTypeNode, parse, type SelectionSetNode } from 'graphql'
import { LRUCache } from 'lru-cache'

/** What is worked out once for the text of a plan's step, and used for each request that runs the plan. */
export type PlanStep = {
  /** The text as a JSON string. */
  json: string
  isQuery: boolean
  /** The fields it asks for: of the root, or of the entities. */
  fields: readonly string[]
}

/** Remembers at most `maximum` texts, those not asked for longest given up first; a plan's steps have the same texts each time. */
export function createPlanSteps(maximum = 5_000) {
  const known = new LRUCache<string, PlanStep>({ max: maximum })
  return (text: string): PlanStep => {
    const remembered = known.get(text)
    if (remembered) return remembered
    const step = readStep(text)
    known.set(text, step)
    return step
  }
}

function readStep(text: string): PlanStep {
  const [operation] = parse(text, { noLocation: true }).definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a step of a plan holds no operation')
  return {
    json: JSON.stringify(text),
    isQuery: operation.operation === OperationTypeNode.QUERY,
    fields: [...new Set(responseNames(operation.selectionSet))],
  }
}

const responseNames = (set: SelectionSetNode): string[] =>
  set.selections.flatMap(selection => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return responseNames(selection.selectionSet)
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    if (selection.name.value === '_entities' && selection.selectionSet) return responseNames(selection.selectionSet)
    return selection.name.value === '__typename' ? [] : [selection.alias?.value ?? selection.name.value]
  })
