import { type RawBuilder, sql } from 'kysely'

/** The organisations of which a list at one is made: it alone, or with all below it. For `orgId = …`. */
export const orgsAt = (orgId: RawBuilder<string>, below: boolean): RawBuilder<string> =>
  below ? sql`any (app.orgs_under('{' || ${orgId} || '}'))` : sql`any (array[${orgId}])`
