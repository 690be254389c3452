import { commonErrors, DomainError } from './errors.ts'
import type { EntityType } from './generated/entity-types.ts'

/** Things that have an id of their own in the API, and how it begins: by the services' contracts. */
export type { EntityType }

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const uuidShape = new RegExp(`^${uuid}$`)
const shape = new RegExp(`^([A-Za-z]+):(${uuid})$`)

/** Whether a text is the UUID inside of one of our ids, in the one way in which we write it. */
export const isUuid = (text: string): boolean => uuidShape.test(text)

/** The id as the API shows it: opaque to callers, and enough for `node(id)` to know whose it is. */
export const toId = (type: EntityType, uuid: string): string => `${type}:${uuid}`

export function parseId(id: string): { type: string; uuid: string } | null {
  const [, type, uuid] = shape.exec(id) ?? []
  return type && uuid ? { type, uuid } : null
}

/**
 * The uuid in an id of the API.
 * @throws DomainError BAD_INPUT when it is no id or the id of another kind of thing
 */
export function fromId(type: string, id: string, field = 'id'): string {
  const parsed = parseId(id)
  if (parsed?.type === type) return parsed.uuid
  const params = { field, found: id.slice(0, 80), wanted: `an id of a ${type}`, wantedZh: `${type} 的 id` }
  const text = (template: string) => template.replaceAll(/\{(\w+)\}/g, (_, name: keyof typeof params) => params[name])
  throw new DomainError('BAD_INPUT', params, {
    zh: text(commonErrors.BAD_INPUT.zh),
    en: text(commonErrors.BAD_INPUT.en),
  })
}

/** The same for an id that may be left out. Blank text is not left out: taken so, it would ask for everything. */
export const optionalId = (type: EntityType, id: string | null | undefined, field: string): string | null =>
  id == null ? null : fromId(type, id, field)

/** A thing of which its id alone is given: whoever owns it tells the rest. Inside its UUID is read, never its id. */
export type Ref<T extends string = string> = T extends string ? { __typename: T; id: string; uuid: string } : never
export function ref<T extends EntityType>(type: T, uuid: string): Ref<T>
export function ref<T extends EntityType>(type: T, uuid: string | null): Ref<T> | null
export function ref(type: EntityType, uuid: string | null): Ref | null {
  return uuid === null ? null : { __typename: type, id: toId(type, uuid), uuid }
}

/** How another service names a thing of ours: by its `id`, or by the `ref` that org knows before the thing is found. */
export type Reference = { id?: string; ref?: string }
/** @throws DomainError BAD_INPUT */
export const fromReference = (type: string, { id, ref }: Reference): string => fromId(type, id ?? ref ?? '')
/**
 * Follows another service's reference to a thing of which this one knows the id alone.
 * @throws DomainError BAD_INPUT
 */
export const refOf =
  <T extends EntityType>(type: T) =>
  (reference: Reference): Ref<T> =>
    ref(type, fromReference(type, reference))
