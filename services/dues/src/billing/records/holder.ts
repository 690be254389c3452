import { ref } from '@linghang/subgraph'

/** Whose dues something is: the members service tells the name, to whoever keeps the books too. */
export const holderOf = ({ memberId }: { memberId: string }) => ref('DuesHolder', memberId)
