# Read by the scripts in bin: sets $home to this distribution and $java to the Java to run it with, or ends with a sentence that says
# why there is none. Starts no program, apart from
# readlink(1) where java is a symbolic link.
# $self is the path of the script that reads this.

# Without "..": the class-data archive is bound to the very name of its class path.
cd -P "${self%"${self##*/}"}.." && home=$PWD && cd "$OLDPWD" || exit 1

java=
if [ -n "$LODGER_JAVA" ]; then
  java=$LODGER_JAVA
elif [ -x "$home/jre/bin/java" ]; then
  java=$home/jre/bin/java
elif [ -n "$JAVA_HOME" ]; then
  java=$JAVA_HOME/bin/java
else
  IFS=:
  for folder in $PATH; do
    if [ -x "$folder/java" ]; then
      java=$folder/java
      break
    fi
  done
  unset IFS
fi
if ! [ -x "$java" ]; then
  echo "lodger: there is no Java${java:+ at $java}; install a Java runtime, version 17 or later, or name its java in LODGER_JAVA" >&2
  exit 1
fi

[ -h "$java" ] && java=$(readlink -f "$java")
release=${java%/bin/java}/release
if [ -r "$release" ]; then
  while IFS='="' read -r key empty version rest; do
    [ "$key" = JAVA_VERSION ] || continue
    case ${version%%[.+-]*} in
      [1-9] | 1[0-6])
        echo "lodger: the Java at $java is version $version; install version 17 or later, or name another java in LODGER_JAVA" >&2
        exit 1
        ;;
    esac
  done <"$release"
  unset IFS
fi
