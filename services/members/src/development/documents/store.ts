import type { Tx } from '../../work.ts'

export const placeStore = {
  /** Names of an organisation and of its superiors, by id: of superiors that much is known to everybody below (S3-2). */
  async namesFrom(tx: Tx, orgId: string): Promise<Map<string, string>> {
    const rows = await tx.$queryRawUnsafe<{ id: string; name: string }[]>(
      `select id, name from org_node where id = $1::uuid union all select id, name from app.superiors_of(array[$1::uuid])`,
      orgId,
    )
    return new Map(rows.map(({ id, name }) => [id, name]))
  },
}
