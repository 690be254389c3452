import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'

/** What an operation asks for, its fragments unfolded as often as they are spread. */
export type Measure = { depth: number; aliases: number; rootFields: number; directives: number; selections: number }

/**
 * The greatest measure of a document's operations. Ours and not a library's, since the libraries leave out `__typename`
 * and introspection, and count a fragment once however often it is spread. Each fragment is walked once, so the time
 * grows with the text and not with what it unfolds to. A fragment inside itself counts nothing: validation refuses it.
 */
export function measureDocument(document: DocumentNode): Measure {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const measured = new Map<string, Measure>()

  const fragmentMeasure = (name: string): Measure => {
    const known = measured.get(name)
    if (known) return known
    measured.set(name, nothing)
    const fragment = fragments.get(name)
    if (!fragment) return nothing
    const own = measureSelections(fragment.selectionSet)
    const whole = { ...own, directives: own.directives + (fragment.directives?.length ?? 0) }
    measured.set(name, whole)
    return whole
  }

  const measureSelections = (set: SelectionSetNode): Measure => {
    const total = { ...nothing }
    for (const selection of set.selections) {
      total.directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet ? measureSelections(selection.selectionSet) : nothing
        total.depth = Math.max(total.depth, inner.depth + 1)
        total.aliases += inner.aliases + (selection.alias ? 1 : 0)
        total.directives += inner.directives
        total.selections += inner.selections + 1
        total.rootFields += 1
      } else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT
            ? measureSelections(selection.selectionSet)
            : fragmentMeasure(selection.name.value)
        total.depth = Math.max(total.depth, inner.depth)
        total.aliases += inner.aliases
        total.directives += inner.directives
        total.selections += inner.selections
        total.rootFields += inner.rootFields
      }
    }
    return total
  }

  const greatest = { ...nothing }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const own = measureSelections(definition.selectionSet)
    const onVariables = (definition.variableDefinitions ?? []).flatMap(variable => variable.directives ?? []).length
    greatest.depth = Math.max(greatest.depth, own.depth)
    greatest.aliases = Math.max(greatest.aliases, own.aliases)
    greatest.rootFields = Math.max(greatest.rootFields, own.rootFields)
    greatest.directives = Math.max(
      greatest.directives,
      own.directives + onVariables + (definition.directives?.length ?? 0),
    )
    greatest.selections = Math.max(greatest.selections, own.selections)
  }
  return greatest
}

const nothing: Readonly<Measure> = Object.freeze({ depth: 0, aliases: 0, rootFields: 0, directives: 0, selections: 0 })
