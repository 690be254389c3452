/** So often a statement is sent before it is worth keeping; so many are kept, each by every connection that sends it. */
type Keeping = { most: number; after: number }
const usual: Keeping = { most: 64, after: 100 }

/**
 * Names for the statements that a service sends again and again: under a name a connection keeps them parsed and, where
 * that is no worse, planned. PostgreSQL plans anew when the role changes, so that row-level security is the asker's.
 * What is rare has no name: each costs memory in every connection, and those that are made of a list's length have no end.
 * @param most 0 where a pooler between here and PostgreSQL does not know names of statements
 */
export function keepStatements({
  most = usual.most,
  after = usual.after,
}: { [K in keyof Keeping]?: number | undefined } = {}) {
  const names = new Map<string, string>()
  const sent = new Map<string, number>()
  return (sql: string): string | undefined => {
    const name = names.get(sql)
    if (name !== undefined || names.size >= most) return name
    const times = (sent.get(sql) ?? 0) + 1
    if (times <= after) {
      // What has been sent once must not be remembered for ever: the oldest are forgotten, and begin again.
      if (sent.size >= most * 50) sent.delete(sent.keys().next().value as string)
      sent.set(sql, times)
      return undefined
    }
    sent.delete(sql)
    const given = `kept_${names.size}`
    names.set(sql, given)
    if (names.size >= most) sent.clear()
    return given
  }
}
