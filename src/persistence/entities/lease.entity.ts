import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who may write. Every take-over raises the token, and every transaction of the holder looks at it. */
@Entity('leases')
export class LeaseEntity {
  /** Always 1: a data folder has one writer. */
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @Column({ type: 'integer' })
  token: number;

  @Column({ type: 'text' })
  botId: string;

  @Column({ type: 'text' })
  host: string;

  @Column({ type: 'integer' })
  pid: number;

  @Column({ type: 'integer' })
  since: number;

  /** UTC ms; 0 when it was given back. */
  @Column({ type: 'integer' })
  expiresAt: number;
}
