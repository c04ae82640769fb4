import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The canary: a database without this row, or with another id, is not the one that was opened. */
@Entity('ledger_identity')
export class LedgerIdentityEntity {
  /** Always 1. */
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** UUID, given at creation and kept by every backup. */
  @Column({ type: 'text' })
  ledgerId: string;

  @Column({ type: 'integer' })
  createdAt: number;
}
