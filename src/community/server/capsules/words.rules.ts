/** Words that are the same for everybody: only these stay in a capsule as they are written. From the catalogue of PostgreSQL 18. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Of SQL: key words, types, operator classes, access methods, storage parameters, functions that come with PostgreSQL. */
export const sqlWords = words(`
  abort abs absent absolute access aclitem aclitem_ops action add admin after age aggregate all also alter
  always analyse analyze and any anyarray anycompatible anycompatiblearray anycompatiblemultirange
  anycompatiblenonarray anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange array
  array_agg array_append array_cat array_length array_ops array_position array_prepend array_remove
  array_to_string as asc asensitive assertion assignment asymmetric at atomic attach attribute
  authorization autosummarize autovacuum_analyze_scale_factor autovacuum_analyze_threshold
  autovacuum_enabled autovacuum_vacuum_scale_factor autovacuum_vacuum_threshold avg backward before begin
  between bigint bigserial binary bit bit_minmax_ops bit_ops bloom bool bool_and bool_ops bool_or boolean
  both box_inclusion_ops box_ops bpchar bpchar_bloom_ops bpchar_minmax_ops bpchar_ops bpchar_pattern_ops
  breadth brin btree btrim by bytea bytea_bloom_ops bytea_minmax_ops bytea_ops c cache call called
  cardinality cascade cascaded case cast catalog ceil chain char char_bloom_ops char_length
  char_minmax_ops char_ops character characteristics check checkpoint cid cid_ops cidr cidr_ops circle
  circle_ops citext class clock_timestamp close cluster coalesce collate collation column columns comment
  comments commit committed compression concat concat_ws concurrently conditional configuration conflict
  connection constraint constraints content continue conversion copy cost count create cross cstring csv
  cube cume_dist current current_catalog current_date current_role current_schema current_setting
  current_time current_timestamp current_user currval cursor cycle data database date date_bin
  date_bloom_ops date_minmax_multi_ops date_minmax_ops date_ops date_part date_trunc datemultirange
  daterange datetime day deallocate dec decimal declare decode deduplicate_items default defaults
  deferrable deferred definer delete delimiter delimiters dense_rank depends depth desc detach dictionary
  disable discard distinct do document domain double drop each ef_construction else empty enable encode
  encoding encrypted end enforced enum enum_ops error escape event event_trigger every except exclude
  excluding exclusive execute exists explain expression extension external extract false family fastupdate
  fdw_handler fetch fillfactor filter finalize first first_value float float4 float4_bloom_ops
  float4_minmax_multi_ops float4_minmax_ops float4_ops float8 float8_bloom_ops float8_minmax_multi_ops
  float8_minmax_ops float8_ops floor following for force foreign format forward freeze from full function
  functions gen_random_uuid generate_series generated geography geometry gin gin_pending_list_limit
  gin_trgm_ops gist gist_trgm_ops global grant granted greatest group grouping groups gtsvector halfvec
  handler hash hashtext having header heap hnsw hold hour hstore identity if ilike immediate immutable
  implicit import in include including increment indent index index_am_handler indexes inet inet_bloom_ops
  inet_inclusion_ops inet_minmax_multi_ops inet_minmax_ops inet_ops inherit inherits initcap initially
  inline inner inout input insensitive insert instead int int2 int2_bloom_ops int2_minmax_multi_ops
  int2_minmax_ops int2_ops int4 int4_bloom_ops int4_minmax_multi_ops int4_minmax_ops int4_ops
  int4multirange int4range int8 int8_bloom_ops int8_minmax_multi_ops int8_minmax_ops int8_ops
  int8multirange int8range integer internal intersect interval interval_bloom_ops
  interval_minmax_multi_ops interval_minmax_ops interval_ops into invoker is isempty isnull isolation
  ivfflat join json json_agg json_array json_array_elements json_arrayagg json_build_object json_exists
  json_object json_objectagg json_query json_scalar json_serialize json_table json_value jsonb jsonb_agg
  jsonb_array_elements jsonb_array_elements_text jsonb_build_object jsonb_each jsonb_each_text
  jsonb_object_keys jsonb_ops jsonb_path_exists jsonb_path_ops jsonb_path_query jsonb_populate_record
  jsonb_set jsonb_strip_nulls jsonb_to_recordset jsonb_typeof jsonpath kd_point_ops keep key keys label
  lag language language_handler large last last_value lateral lead leading leakproof least left length
  level like limit listen lists load local localtime localtimestamp location lock locked logged lower
  lower_inc lower_inf lpad ltree ltrim m macaddr macaddr8 macaddr8_bloom_ops macaddr8_minmax_multi_ops
  macaddr8_minmax_ops macaddr8_ops macaddr_bloom_ops macaddr_minmax_multi_ops macaddr_minmax_ops
  macaddr_ops make_date make_interval make_timestamptz mapping match matched materialized max maxvalue md5
  merge merge_action method min minute minvalue mod mode money money_ops month move multirange_ops name
  name_bloom_ops name_minmax_ops name_ops names national natural nchar nested new next nextval nfc nfd
  nfkc nfkd no none normalize normalized not nothing notify notnull now nowait nth_value ntile null nullif
  nulls numeric numeric_bloom_ops numeric_minmax_multi_ops numeric_minmax_ops numeric_ops nummultirange
  numrange object objects octet_length of off offset oid oid_bloom_ops oid_minmax_multi_ops oid_minmax_ops
  oid_ops oids oidvector_ops old omit on only operator option options or order ordinality others out outer
  over overlaps overlay overriding owned owner pages_per_range parallel parallel_workers parameter parser
  partial partition passing password path percent_rank percentile_cont percentile_disc period
  pg_advisory_lock pg_advisory_xact_lock pg_lsn_bloom_ops pg_lsn_minmax_multi_ops pg_lsn_minmax_ops
  pg_lsn_ops pg_sleep pg_try_advisory_lock phraseto_tsquery placing plainto_tsquery plan plans plpgsql
  point_ops policy poly_ops polygon position power preceding precision prepare prepared preserve primary
  prior privileges procedural procedure procedures program publication quad_point_ops quote quotes random
  range range_inclusion_ops range_ops rank read real reassign record record_image_ops record_ops recursive
  ref refcursor references referencing refresh regclass regcollation regconfig regdictionary regexp_match
  regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regnamespace regoper
  regoperator regproc regprocedure regrole regtype reindex relative release rename repeat repeatable
  replace replica reset restart restrict return returning returns reverse revoke right role rollback
  rollup round routine routines row row_number row_to_json rows rpad rtrim rule savepoint scalar schema
  schemas scroll search second security security_barrier select sequence sequences serial serializable
  server session session_user set setof sets setval setweight share show sign similar similarity simple
  skip smallint smallserial snapshot some source spgist split_part sql sqrt st_contains st_distance
  st_dwithin st_intersects st_makepoint st_setsrid st_transform stable standalone start starts_with
  statement statement_timestamp statistics stddev stdin stdout storage stored strict string string_agg
  string_to_array strip strpos subscription substr substring sum support symmetric sysid system
  system_user table table_am_handler tables tablesample tablespace target temp template temporary text
  text_bloom_ops text_minmax_ops text_ops text_pattern_ops then tid tid_bloom_ops tid_minmax_multi_ops
  tid_minmax_ops tid_ops ties time time_bloom_ops time_minmax_multi_ops time_minmax_ops time_ops timestamp
  timestamp_bloom_ops timestamp_minmax_multi_ops timestamp_minmax_ops timestamp_ops timestamptz
  timestamptz_bloom_ops timestamptz_minmax_multi_ops timestamptz_minmax_ops timestamptz_ops timetz
  timetz_bloom_ops timetz_minmax_multi_ops timetz_minmax_ops timetz_ops to to_char to_date to_json
  to_jsonb to_number to_timestamp to_tsquery to_tsvector toast_tuple_target trailing transaction
  transaction_timestamp transform translate treat trigger trim true trunc truncate trusted ts_headline
  ts_rank ts_rank_cd tsm_handler tsmultirange tsquery tsquery_ops tsrange tstzmultirange tstzrange
  tsvector tsvector_ops txid_current txid_snapshot type types uescape unbounded uncommitted unconditional
  unencrypted union unique unknown unlisten unlogged unnest until update upper upper_inc upper_inf user
  using uuid uuid_bloom_ops uuid_minmax_multi_ops uuid_minmax_ops uuid_ops uuidv7 vacuum valid validate
  validator value values varbit varbit_minmax_ops varbit_ops varchar varchar_ops varchar_pattern_ops
  variadic variance varying vector vector_cosine_ops vector_ip_ops vector_l2_ops verbose version view
  views virtual void volatile websearch_to_tsquery when where whitespace window with within without
  word_similarity work wrapper write xid xid8 xid8_ops xid_ops xml xmlattributes xmlconcat xmlelement
  xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable year yes zone
`);

/** Of EXPLAIN, beyond those of SQL. */
export const planWords = words(`
  actual aggregate aggregates alias anti append arbiter async average aware backward batches binary bitmap
  bitmapand bitmapor blocks buckets buffers by bytes cache calls capable command cond conflict conflicting
  copy cost cte custom deforming delete direction dirtied disk distinct emission evictions exact executed
  execution expressions external false fetches filter finalize foreign forward fpi full full-sort function
  functions gather gb generation group groupaggregate groups hash hashaggregate hashed heap heapsort hit
  hits i/o identifier incremental index indexes init initplan inlining inner inner_unique insert inserted
  io jit join kb key keys launched left limit local lockrows logical logicaltape loop loops lossy
  materialize maximum mb member memoize memory merge mergeappend method misses mixed mixedaggregate mode
  modifytable ms name named nested never node nomovement nothing off on only operation optimization
  options order originally outer output overflows parallel parent partial partitions peak plain plan
  planned planning plans pre-sorted prefetch presorted projectset query quicksort range read read_time
  reads recheck records recursive relation relationship removed resolution result right rows sample
  sampling scan scanned schema searches semi seq setop settings shared simple single sort sorted space
  startup storage strategy subplan subplans subquery system table temp tid time timing top total trigger
  true tuples tuplestore type union unique update used using values wal width windowagg worker workers
  worktable write_time writes written
`);

/** Names of settings of PostgreSQL, in lower case. */
export const settingNames = words(`
  allow_alter_system allow_in_place_tablespaces allow_system_table_mods application_name
  archive_cleanup_command archive_command archive_library archive_mode archive_timeout array_nulls
  authentication_timeout autovacuum autovacuum_analyze_scale_factor autovacuum_analyze_threshold
  autovacuum_freeze_max_age autovacuum_max_workers autovacuum_multixact_freeze_max_age autovacuum_naptime
  autovacuum_vacuum_cost_delay autovacuum_vacuum_cost_limit autovacuum_vacuum_insert_scale_factor
  autovacuum_vacuum_insert_threshold autovacuum_vacuum_max_threshold autovacuum_vacuum_scale_factor
  autovacuum_vacuum_threshold autovacuum_work_mem autovacuum_worker_slots backend_flush_after
  backslash_quote backtrace_functions bgwriter_delay bgwriter_flush_after bgwriter_lru_maxpages
  bgwriter_lru_multiplier bonjour bonjour_name bytea_output check_function_bodies
  checkpoint_completion_target checkpoint_flush_after checkpoint_timeout checkpoint_warning
  client_connection_check_interval client_encoding client_min_messages cluster_name commit_delay
  commit_siblings commit_timestamp_buffers compute_query_id config_file constraint_exclusion
  cpu_index_tuple_cost cpu_operator_cost cpu_tuple_cost createrole_self_grant cursor_tuple_fraction
  data_directory data_sync_retry datestyle deadlock_timeout debug_discard_caches debug_io_direct
  debug_logical_replication_streaming debug_parallel_query debug_pretty_print debug_print_parse
  debug_print_plan debug_print_rewritten default_statistics_target default_table_access_method
  default_tablespace default_text_search_config default_toast_compression default_transaction_deferrable
  default_transaction_isolation default_transaction_read_only dynamic_library_path
  dynamic_shared_memory_type effective_cache_size effective_io_concurrency enable_async_append
  enable_bitmapscan enable_distinct_reordering enable_gathermerge enable_group_by_reordering
  enable_hashagg enable_hashjoin enable_incremental_sort enable_indexonlyscan enable_indexscan
  enable_material enable_memoize enable_mergejoin enable_nestloop enable_parallel_append
  enable_parallel_hash enable_partition_pruning enable_partitionwise_aggregate enable_partitionwise_join
  enable_presorted_aggregate enable_self_join_elimination enable_seqscan enable_sort enable_tidscan
  escape_string_warning event_source event_triggers exit_on_error extension_control_path external_pid_file
  extra_float_digits file_copy_method file_extend_method from_collapse_limit fsync full_page_writes geqo
  geqo_effort geqo_generations geqo_pool_size geqo_seed geqo_selection_bias geqo_threshold
  gin_fuzzy_search_limit gin_pending_list_limit gss_accept_delegation hash_mem_multiplier hba_file
  hot_standby hot_standby_feedback huge_page_size huge_pages icu_validation_level ident_file
  idle_in_transaction_session_timeout idle_replication_slot_timeout idle_session_timeout
  ignore_checksum_failure ignore_invalid_pages ignore_system_indexes intervalstyle io_combine_limit
  io_max_combine_limit io_max_concurrency io_method io_workers jit jit_above_cost jit_debugging_support
  jit_dump_bitcode jit_expressions jit_inline_above_cost jit_optimize_above_cost jit_profiling_support
  jit_provider jit_tuple_deforming join_collapse_limit krb_caseins_users krb_server_keyfile lc_messages
  lc_monetary lc_numeric lc_time listen_addresses lo_compat_privileges local_preload_libraries
  lock_timeout log_autovacuum_min_duration log_checkpoints log_connections log_destination log_directory
  log_disconnections log_duration log_error_verbosity log_executor_stats log_file_mode log_filename
  log_hostname log_line_prefix log_lock_failures log_lock_waits log_min_duration_sample
  log_min_duration_statement log_min_error_statement log_min_messages log_parameter_max_length
  log_parameter_max_length_on_error log_parser_stats log_planner_stats log_recovery_conflict_waits
  log_replication_commands log_rotation_age log_rotation_size log_startup_progress_interval log_statement
  log_statement_sample_rate log_statement_stats log_temp_files log_timezone log_transaction_sample_rate
  log_truncate_on_rotation logging_collector logical_decoding_work_mem maintenance_io_concurrency
  maintenance_work_mem max_active_replication_origins max_connections max_files_per_process
  max_locks_per_transaction max_logical_replication_workers max_notify_queue_pages
  max_parallel_apply_workers_per_subscription max_parallel_maintenance_workers max_parallel_workers
  max_parallel_workers_per_gather max_pred_locks_per_page max_pred_locks_per_relation
  max_pred_locks_per_transaction max_prepared_transactions max_replication_slots max_slot_wal_keep_size
  max_stack_depth max_standby_archive_delay max_standby_streaming_delay max_sync_workers_per_subscription
  max_wal_senders max_wal_size max_worker_processes md5_password_warnings min_dynamic_shared_memory
  min_parallel_index_scan_size min_parallel_table_scan_size min_wal_size multixact_member_buffers
  multixact_offset_buffers notify_buffers oauth_validator_libraries parallel_leader_participation
  parallel_setup_cost parallel_tuple_cost password_encryption plan_cache_mode port post_auth_delay
  pre_auth_delay primary_conninfo primary_slot_name quote_all_identifiers random_page_cost
  recovery_end_command recovery_init_sync_method recovery_min_apply_delay recovery_prefetch
  recovery_target recovery_target_action recovery_target_inclusive recovery_target_lsn
  recovery_target_name recovery_target_time recovery_target_timeline recovery_target_xid
  recursive_worktable_factor remove_temp_files_after_crash reserved_connections restart_after_crash
  restore_command restrict_nonsystem_relation_kind row_security scram_iterations search_path
  send_abort_for_crash send_abort_for_kill seq_page_cost serializable_buffers session_preload_libraries
  session_replication_role shared_buffers shared_memory_type shared_preload_libraries ssl ssl_ca_file
  ssl_cert_file ssl_ciphers ssl_crl_dir ssl_crl_file ssl_dh_params_file ssl_groups ssl_key_file
  ssl_max_protocol_version ssl_min_protocol_version ssl_passphrase_command
  ssl_passphrase_command_supports_reload ssl_prefer_server_ciphers ssl_tls13_ciphers
  standard_conforming_strings statement_timeout stats_fetch_consistency subtransaction_buffers
  summarize_wal superuser_reserved_connections sync_replication_slots synchronize_seqscans
  synchronized_standby_slots synchronous_commit synchronous_standby_names syslog_facility syslog_ident
  syslog_sequence_numbers syslog_split_messages tcp_keepalives_count tcp_keepalives_idle
  tcp_keepalives_interval tcp_user_timeout temp_buffers temp_file_limit temp_tablespaces timezone
  timezone_abbreviations trace_connection_negotiation trace_notify trace_sort track_activities
  track_activity_query_size track_commit_timestamp track_cost_delay_timing track_counts track_functions
  track_io_timing track_wal_io_timing transaction_buffers transaction_deferrable transaction_isolation
  transaction_read_only transaction_timeout transform_null_equals unix_socket_directories
  unix_socket_group unix_socket_permissions update_process_title vacuum_buffer_usage_limit
  vacuum_cost_delay vacuum_cost_limit vacuum_cost_page_dirty vacuum_cost_page_hit vacuum_cost_page_miss
  vacuum_failsafe_age vacuum_freeze_min_age vacuum_freeze_table_age vacuum_max_eager_freeze_failure_rate
  vacuum_multixact_failsafe_age vacuum_multixact_freeze_min_age vacuum_multixact_freeze_table_age
  vacuum_truncate wal_buffers wal_compression wal_consistency_checking wal_decode_buffer_size
  wal_init_zero wal_keep_size wal_level wal_log_hints wal_receiver_create_temp_slot
  wal_receiver_status_interval wal_receiver_timeout wal_recycle wal_retrieve_retry_interval
  wal_sender_timeout wal_skip_threshold wal_summary_keep_time wal_sync_method wal_writer_delay
  wal_writer_flush_after work_mem xmlbinary xmloption zero_damaged_pages
`);

/** Words that a setting may be set to. */
export const settingWords = words(`
  all always auto base64 buffered cache clone committed content copy ddl debug1 debug2 debug3 debug4
  debug5 default disabled document error escape false fatal fdatasync force_custom_plan force_generic_plan
  fsync hex immediate info io_uring iso_8601 local local0 local1 local2 local3 local4 local5 local6 local7
  log logical md5 minimal mmap mod no none notice off on open_datasync open_sync origin panic partition
  pause pglz pl posix posix_fallocate postgres postgres_verbose promote read regress remote_apply
  remote_write replica safe_encoding scram-sha-256 serializable shutdown snapshot sql_standard sync syncfs
  sysv terse tlsv1 true try unknown verbose warning worker write_zeros yes
`);
