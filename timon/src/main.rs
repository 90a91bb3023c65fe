//! The binary. See the library of the same name.

fn main() -> std::process::ExitCode {
    timon::cli::main()
}
