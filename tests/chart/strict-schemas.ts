/** Makes JSON Schema that takes nothing unknown out of what Kubernetes and its extensions say of their objects. */

type Json = { [key: string]: unknown }
const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const eachOf = (map: Json, change: (value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]))

const textOrNumber = { anyOf: [{ type: 'string' }, { type: 'number' }] }

/** Of a schema of OpenAPI the part that says what is allowed, with what is not described refused. */
function strict(schema: unknown): unknown {
  if (!isMap(schema)) return schema
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return textOrNumber
  const made: Json = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && isMap(value)) made.properties = eachOf(value, strict)
    else if (['items', 'additionalProperties', 'not'].includes(key)) made[key] = strict(value)
    else if (['allOf', 'anyOf', 'oneOf'].includes(key) && Array.isArray(value)) made[key] = value
    else if (['required', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'].includes(key))
      made[key] = value
    else if (key === 'pattern' && typeof value === 'string' && isPattern(value)) made.pattern = value
    else if (key === '$ref' && typeof value === 'string') made.$ref = value
    else if (key === 'type') made.type = schema.nullable === true ? [value, 'null'] : value
  }
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties !== undefined
  if (isMap(made.properties) && !isOpen) made.additionalProperties = false
  return made
}

/** Some patterns are Go's alone. */
function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}

/** `apiVersion` and `kind` in one word, as objects and schemas are found by. */
export const kindOf = (apiVersion: string, kind: string): string => `${apiVersion} ${kind}`

const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity'

/** Schemas of all kinds that Kubernetes itself has, by `kindOf`; each is a reference into the definitions beside them. */
export function ofKubernetes(swagger: { definitions: Record<string, Json> }): {
  definitions: Json
  kinds: Record<string, string>
} {
  const definitions = eachOf(swagger.definitions, strict)
  definitions[quantity] = textOrNumber
  const kinds: Record<string, string> = {}
  for (const [name, definition] of Object.entries(swagger.definitions)) {
    const found = definition['x-kubernetes-group-version-kind'] as { group: string; version: string; kind: string }[]
    if (found?.length !== 1 || !found[0]) continue
    const [{ group, version, kind }] = found as [{ group: string; version: string; kind: string }]
    kinds[kindOf(group === '' ? version : `${group}/${version}`, kind)] = name
  }
  return { definitions, kinds }
}

/** Schemas of the kinds that a CustomResourceDefinition defines, one a version. */
export function ofDefinition(definition: Json): Record<string, Json> {
  const { group, names, versions } = definition.spec as {
    group: string
    names: { kind: string }
    versions: { name: string; schema: { openAPIV3Schema: Json } }[]
  }
  return Object.fromEntries(
    versions.map(({ name, schema }) => {
      const made = strict(schema.openAPIV3Schema) as Json
      const properties = { ...(made.properties as Json), apiVersion: { type: 'string' }, kind: { type: 'string' } }
      return [
        kindOf(`${group}/${name}`, names.kind),
        {
          ...made,
          properties: {
            ...properties,
            metadata: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
          },
        },
      ]
    }),
  )
}
