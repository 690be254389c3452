import { Ajv } from 'ajv'
import type { Definitions } from './definitions.ts'
import { kindOf } from './strict-schemas.ts'

/** An object of Kubernetes as it was rendered. */
export type KubernetesObject = {
  apiVersion: string
  kind: string
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string>; namespace?: string }
  // biome-ignore lint/suspicious/noExplicitAny: what an object holds is what the tests look at.
  [field: string]: any
}

/** Judges objects by what their kind may hold; what nobody has defined is a finding too. */
export function createJudge({ definitions, kinds, extensions }: Definitions) {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema({ $id: 'kubernetes', definitions })
  const judges = new Map<string, ReturnType<typeof ajv.compile>>()

  const judgeOf = (kind: string) => {
    const known = judges.get(kind)
    if (known) return known
    const inKubernetes = kinds[kind]
    const schema = inKubernetes
      ? { $ref: `kubernetes#/definitions/${inKubernetes}` }
      : extensions[kind] &&
        JSON.parse(JSON.stringify(extensions[kind]).replaceAll('"#/definitions/', '"kubernetes#/definitions/'))
    if (!schema) return undefined
    const made = ajv.compile(schema)
    judges.set(kind, made)
    return made
  }

  /** @returns a line for each thing that is wrong */
  return (object: KubernetesObject): string[] => {
    const kind = kindOf(object.apiVersion, object.kind)
    const judge = judgeOf(kind)
    const where = `${object.kind} ${object.metadata?.name}`
    if (!judge) return [`${where}: nobody has defined ${kind}`]
    if (judge(object)) return []
    return (judge.errors ?? []).map(
      ({ instancePath, message, params }) => `${where}: ${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
}
