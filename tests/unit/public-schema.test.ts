import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import {
  buildSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql'

const root = join(import.meta.dirname, '../..')
const schema = buildSchema(readFileSync(join(root, 'docs/schema.graphql'), 'utf8'))

test('platform every mutation takes one input, with an idempotencyKey in it', () => {
  const wrong = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ args }) => {
    const [input, ...more] = args
    const type = input && getNullableType(input.type)
    return input?.name !== 'input' || more.length > 0 || !isInputObjectType(type) || !type.getFields().idempotencyKey
  })
  expect(wrong.map(({ name }) => name)).toEqual([])
})

test('platform every type, field, argument, input field and enum value is described', () => {
  const silent: string[] = []
  const hear = (where: string, { description }: { description?: string | null | undefined }) => {
    if (!description || description.trim().length < 2) silent.push(where)
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue
    hear(type.name, type)
    if (isEnumType(type)) for (const value of type.getValues()) hear(`${type.name}.${value.name}`, value)
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))
      for (const field of Object.values(type.getFields())) {
        hear(`${type.name}.${field.name}`, field)
        if ('args' in field)
          for (const argument of field.args) hear(`${type.name}.${field.name}(${argument.name})`, argument)
      }
  }
  expect(silent).toEqual([])
})

test('platform every scalar of ours says where its form is fixed', () => {
  const unsaid = Object.values(schema.getTypeMap()).filter(
    type => isScalarType(type) && !isSpecifiedScalarType(type) && !type.specifiedByURL,
  )
  expect(unsaid.map(({ name }) => name)).toEqual([])
})

/** What is text though it has few values: codes grow with every rule, others' names for things are not ours to close, what came of
 * something is told in words, and a code that a phone shows is its own. */
const openSets = new Set([
  'CaseFact.type',
  'Refusal.code',
  'ImportFinding.code',
  'ImportFailure.code',
  'StepFinding.code',
  'SignInScanInput.code',
  'MeetingItem.outcome',
  'MeetingItemInput.outcome',
  'CriticismMeasure.outcome',
  'FinishCriticismMeasureInput.outcome',
  'PackFinding.code',
  'PackFinding.rule',
])

test('platform what can only be one of a few values is an enum', () => {
  const telling = /^(role|roles|rule|rules|rung|rungs|state|kind|nature|certainty|outcome|level|severity|type|code)$/
  const codesOfPlaces = new Set([
    'Organisation',
    'SuperiorOrganisation',
    'City',
    'County',
    'RegisterOrganisationInput',
    'OrganisationChange',
    'RequestOrganisationChangeInput',
    'Query',
  ])
  const texts = Object.values(schema.getTypeMap()).flatMap(type =>
    isIntrospectionType(type) || !(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))
      ? []
      : Object.values(type.getFields())
          .filter(field => telling.test(field.name) && String(field.type).replace(/[[\]!]/g, '') === 'String')
          .filter(field => !(field.name === 'code' && codesOfPlaces.has(type.name)))
          .map(field => `${type.name}.${field.name}`),
  )
  expect(texts.filter(field => !openSets.has(field))).toEqual([])
})

test('platform whatever has an id of its own is opened by node, or says that it is not', () => {
  const unclear = Object.values(schema.getTypeMap()).filter(type => {
    if (!isObjectType(type) || /(Payload|Result)$/.test(type.name)) return false
    const { id } = type.getFields()
    if (!id || type.getInterfaces().some(({ name }) => name === 'Node')) return false
    return !/`node`|`Account`/.test(id.description ?? '')
  })
  expect(unclear.map(({ name }) => name)).toEqual([])
})
