import ArgumentParser
import TingleSupport

/// The completion scripts for bash, zsh and fish, and the answers to their requests.
enum CompletionScript {
  /// The first argument of a request; the shell's name and the command line follow.
  static let verb = "---complete"

  /// Prints one candidate per line; except for bash, with a tab and a description.
  static func answer(_ words: [String]) throws {
    var lines: [String] = []
    if words.first == "bash", words.count == 3 {
      let line = BashLine(words[1], wordBreaks: words[2])
      lines = Completion.candidates(after: line.words, line.current).map { line.completion(of: $0.word) }
    } else if words.count >= 3 {
      lines = Completion.candidates(after: Array(words[1..<words.count - 1]), words[words.count - 1]).map {
        $0.summary.map { summary in "\t" + summary }.map($0.word.appending) ?? $0.word
      }
    }
    // As bytes: file names need not be UTF-8.
    try StandardOutput.write(bytes: FileName.bytes(lines.map { $0 + "\n" }.joined()))
  }

  /// The script for a shell; nil for an unknown shell.
  /// - Parameter shell: the shell's name; nil for the shell that runs this program.
  static func text(for shell: String?) -> String? {
    switch shell ?? CompletionShell.autodetected()?.rawValue {
    case "bash": bash
    case "zsh": zsh
    case "fish": fish
    default: nil
    }
  }

  private static let bash = #"""
    # bash completion for tingle

    _tingle() {
        local candidate
        COMPREPLY=()
        while IFS= read -r candidate; do
            COMPREPLY+=("$candidate")
        done < <("${1/#\~/$HOME}" ---complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
        # A folder is followed by more of the path, not by a space.
        if [[ ${#COMPREPLY[@]} -eq 1 && $COMPREPLY == */ ]]; then
            compopt -o nospace 2>/dev/null
        fi
    }

    complete -F _tingle tingle
    """#

  private static let zsh = #"""
    #compdef tingle

    _tingle() {
        # zsh itself completes paths that start with a tilde.
        if [[ $PREFIX == (\~|--*=\~)* ]]; then
            compset -P '--*='
            _files
            return
        fi
        local line word
        local -a described folders plain
        while IFS= read -r line; do
            word=${line%%$'\t'*}
            if [[ $line == *$'\t'* ]]; then
                described+=("${word//:/\\:}:${line#*$'\t'}")
            elif [[ $word == */ ]]; then
                folders+=("$word")
            else
                plain+=("$word")
            fi
        done < <("${words[1]/#\~/$HOME}" ---complete zsh "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" \
            2>/dev/null)
        (( $#described )) && _describe -t arguments argument described
        (( $#folders )) && compadd -S '' -a folders
        (( $#plain )) && compadd -a plain
    }

    if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
        _tingle "$@"
    else
        compdef _tingle tingle
    fi
    """#

  private static let fish = #"""
    # fish completion for tingle

    function __tingle_complete
        set -l token (commandline --current-token --cut-at-cursor)
        # fish itself completes paths that start with a tilde.
        if string match --quiet -- '~*' $token
            __fish_complete_path $token
            return
        end
        set -l tokens --tokens-expanded
        # Before version 4 the option was called --tokenize.
        test (string split -m 1 -f 1 -- . $FISH_VERSION) -gt 3; or set tokens --tokenize
        set -l words (commandline $tokens --current-process --cut-at-cursor)
        set -l current (string unescape -- "$token")
        or set current "$token"
        command $words[1] ---complete fish $words "$current" 2>/dev/null
    end

    complete --command tingle --no-files --arguments '(__tingle_complete)'
    """#
}
