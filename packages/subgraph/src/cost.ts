import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { pageDefault, pageMaximum } from './paging.ts'

/** What a list without `first` is taken to hold: most hold fewer, and none many more. */
const plainList = 10

/** Lists that are known to be shorter. */
const shorter: Readonly<Record<string, number>> = {
  'Query.packLibrary': 5,
  'LibraryPack.scales': 3,
  'AssessmentPack.scales': 3,
  'PackScale.groups': 6,
  'PackScale.grades': 4,
  'PackScale.lights': 2,
  'Organisation.scoreIndices': 6,
  'Board.groups': 5,
  'ScoreLine.rulings': 2,
  'AskedPart.forms': 3,
  'AskedOfOrganisation.tasks': 5,
  'BranchToCallIn.months': 3,
  'CountyScores.scales': 3,
  'CountyScores.indices': 6,
}

/**
 * Fields for which more is done than a row is read, and how many rows that is worth: papers are told from all facts of a
 * case, numbers are counted over whole subtrees.
 */
export const weights: Readonly<Record<string, number>> = {
  'DevelopmentCase.documents': 40,
  'DevelopmentCase.steps': 20,
  'Organisation.developmentStatistics': 20,
  'Organisation.developmentPlan': 20,
  'Organisation.memberStatistics': 20,
  'Organisation.indicators': 5,
  'Organisation.scoreIndices': 20,
  'ScoreIndexBelow.newest': 5,
  'County.scoringPack': 2,
  'City.scoreComparison': 50,
  'Organisation.litBranches': 5,
  'Query.board': 400,
  'Board.places': 300,
  'Query.branchesToCallIn': 400,
  'MonthlyReport.groups': 2,
  'MonthlyReport.weakest': 2,
  'DuesAccount.book': 20,
  'Query.memberByIdNumber': 20,
  'Mutation.revealIdentity': 20,
}

type Variables = Readonly<Record<string, unknown>>

/**
 * How many things an operation asks for, before any of it is asked: the product of the lists on each path, `first` or
 * `last` as given, the page's default where they are not, aliases and fragments unfolded. What does not fit the schema
 * counts nothing: validation refuses it. Introspection, which reads no register, counts nothing either.
 *
 * A fragment is walked once for each type it is spread on, so the time grows with the text and not with what it unfolds to.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables = {},
): number {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const defaults = new Map<string, ValueNode>(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, defaultValue] as const] : [],
    ),
  )
  const known = new Map<string, number>()

  const numberIn = (value: ValueNode | undefined): number | null => {
    if (value?.kind === Kind.INT) return Number(value.value)
    if (value?.kind !== Kind.VARIABLE) return null
    const given = variables[value.name.value]
    if (typeof given === 'number') return given
    return given === undefined ? numberIn(defaults.get(value.name.value)) : null
  }
  const listIn = (value: ValueNode | undefined): number | null => {
    if (value?.kind === Kind.LIST) return value.values.length
    const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined
    return Array.isArray(given) ? given.length : null
  }

  /** @param size how many nodes a page holds, within the selection of a connection */
  const ofSelections = (set: SelectionSetNode, type: GraphQLNamedType, size: number): number => {
    let cost = 0
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value
        if (name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue
        const field = type.getFields()[name]
        if (field) cost += ofField(type, field, selection, size)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type
        if (on) cost += ofSelections(selection.selectionSet, on, size)
      } else cost += ofFragment(selection.name.value, size)
    }
    return cost
  }
  const ofFragment = (name: string, size: number): number => {
    const fragment = fragments.get(name)
    const on = fragment && schema.getType(fragment.typeCondition.name.value)
    if (!fragment || !on) return 0
    const key = `${name}/${size}`
    const before = known.get(key)
    if (before !== undefined) return before
    // A fragment inside itself counts nothing: validation refuses it.
    known.set(key, 0)
    const cost = ofSelections(fragment.selectionSet, on, size)
    known.set(key, cost)
    return cost
  }
  const ofField = (
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    node: {
      arguments?: readonly { name: { value: string }; value: ValueNode }[]
      selectionSet?: SelectionSetNode | undefined
    },
    size: number,
  ): number => {
    const weight = weights[`${parent.name}.${field.name}`] ?? 0
    const type = getNamedType(field.type)
    if (!isCompositeType(type) || !node.selectionSet) return weight
    const given = (name: string) => node.arguments?.find(argument => argument.name.value === name)?.value
    const takes = (name: string) => field.args.some(argument => argument.name === name)
    if (takes('first')) {
      const asked = numberIn(given('first')) ?? numberIn(given('last')) ?? pageDefault
      const page = Math.min(Math.max(asked, 0), pageMaximum)
      // Without pages, `first` is the length of the list itself.
      if (isListType(getNullableType(field.type))) return weight + page * (1 + ofSelections(node.selectionSet, type, 0))
      return weight + 1 + ofSelections(node.selectionSet, type, page)
    }
    const isPage = parent.name.endsWith('Connection') && (field.name === 'nodes' || field.name === 'edges')
    const isList = isListType(getNullableType(field.type))
    const things = isPage
      ? size
      : field.name === '_entities'
        ? (listIn(given('representations')) ?? 1)
        : isList
          ? (shorter[`${parent.name}.${field.name}`] ?? plainList)
          : 1
    return weight + things * (1 + ofSelections(node.selectionSet, type, 0))
  }

  const root = schema.getRootType(operation.operation)
  return root ? ofSelections(operation.selectionSet, root, 0) : 0
}
